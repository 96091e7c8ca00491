"""The offline page: one file in which a class changes facts and sees the results change."""

from .build import page_html

__all__ = ["page_html"]
