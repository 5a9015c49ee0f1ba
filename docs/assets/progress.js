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

  function store(read) {
    try {
      localStorage.setItem(KEY, JSON.stringify([...read]));
      return true;
    } catch {
      return false;
    }
  }

  // 절의 제목이 모두 지나가고 쪽의 끝(앞뒤 쪽으로 가는 링크)이 보이면 다 읽은 것으로 친다.
  // 주를 눌러 끝으로 건너뛴 것은 읽은 것이 아니다.
  const end = document.querySelector(".md-footer");
  if (end && document.getElementById("program")) {
    const unseen = new Set(document.querySelectorAll("article h2"));
    let atEnd = false;
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (target === end) atEnd = isIntersecting;
        else if (isIntersecting) unseen.delete(target);
      }
      if (unseen.size || !atEnd) return;
      observer.disconnect();
      if (store(stored().add(name(location.href)))) mark();
    });
    [...unseen, end].forEach((each) => observer.observe(each));
  }
  mark();

  // ‘시작하기 전에’에는 표시를 지우는 단추가 있다.
  const place = document.getElementById("read-marks");
  if (place && stored().size) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-button";
    button.textContent = "읽은 표시 지우기";
    button.addEventListener("click", () => {
      store([]);
      document.querySelectorAll(".is-read").forEach((link) => {
        link.classList.remove("is-read");
        link.removeAttribute("aria-description");
      });
      place.textContent = "읽은 표시를 지웠습니다.";
    });
    place.append(button);
  }
})();
