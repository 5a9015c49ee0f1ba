// 끝까지 읽은 쪽을 이 브라우저에만 적어 두고 차례에 표시한다. 어디로도 보내지 않는다.

(() => {
  const KEY = "livedocs-read";
  const root = new URL(JSON.parse(document.getElementById("__config").textContent).base, location);

  function stored() {
    try {
      return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
    } catch {
      return new Set(); // 저장소를 막은 브라우저, 망가진 값
    }
  }

  const name = (address) => new URL(address, location).pathname.slice(root.pathname.length);

  function mark() {
    const read = stored();
    for (const link of document.querySelectorAll(".md-nav--primary a.md-nav__link[href]")) {
      if (link.hash || link.classList.contains("is-read") || !read.has(name(link.href))) continue;
      link.classList.add("is-read");
      link.setAttribute("aria-description", "읽음");
    }
  }

  // 쪽의 끝(앞뒤 쪽으로 가는 링크)이 보이면 다 읽은 것으로 친다.
  const end = document.querySelector(".md-footer");
  if (end && document.getElementById("program")) {
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      const read = stored().add(name(location.href));
      try {
        localStorage.setItem(KEY, JSON.stringify([...read]));
      } catch {
        return;
      }
      mark();
    }).observe(end);
  }
  mark();
})();
