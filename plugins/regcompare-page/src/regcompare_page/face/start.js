frontPage(document, document.documentElement, JSON.parse(document.getElementById("data").textContent));
