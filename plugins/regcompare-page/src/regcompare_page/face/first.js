document.documentElement.className = "js law-0";
