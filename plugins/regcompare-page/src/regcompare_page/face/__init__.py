"""The public face: front page, case pages, game, lesson and pictures, drawn with the same few signs."""
