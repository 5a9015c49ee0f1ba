// 테마의 차례는 화면이 좁으면 label로만 열린다. 자판과 화면 낭독기에는 단추로 보이게 한다.

(() => {
  const narrow = matchMedia("(max-width: 76.2344em)"); // 테마가 차례를 서랍에 넣는 너비
  const drawer = document.getElementById("__drawer");
  const opener = document.querySelector(".md-header [for=__drawer]");
  if (!drawer || !opener) return;
  const search = document.querySelector(".md-header > nav > [for=__search]");
  const groups = ".md-nav--primary label[for]:not([for=__drawer])";
  const inner = [...document.querySelectorAll(groups)];

  // 넓은 화면에서 차례의 묶음은 여닫지 않는 제목이다. 그때는 단추가 아니다.
  function name() {
    for (const label of [opener, search, ...inner].filter(Boolean)) {
      const title = label.classList.contains("md-nav__title");
      const own = label.textContent.trim() || label.parentElement.textContent.trim();
      const said = label === opener ? "차례" : label === search ? "검색" : own;
      if (narrow.matches) {
        label.tabIndex = 0;
        label.setAttribute("role", "button");
        label.setAttribute("aria-label", title ? `${said}: 위로` : said);
      } else {
        ["tabindex", "role", "aria-label", "aria-expanded"].forEach((each) => label.removeAttribute(each));
      }
    }
    state();
  }

  function state() {
    for (const label of [opener, ...inner.filter((each) => each.matches(".md-nav__link"))]) {
      const box = document.getElementById(label.htmlFor);
      if (narrow.matches && box) label.setAttribute("aria-expanded", box.checked);
    }
  }

  // 연 것의 첫 항목으로, 닫은 것을 열었던 자리로 초점을 옮긴다.
  function follow({ target }) {
    state();
    if (!narrow.matches || !target.matches?.(".md-toggle") || target.id === "__search") return;
    const panel = target === drawer ? document.querySelector(".md-nav--primary") : target.parentElement.querySelector("nav");
    const first = target.checked
      ? [...panel.querySelectorAll("[tabindex='0'], a[href]")].find((each) => each.checkVisibility({ visibilityProperty: true }))
      : target === drawer ? opener : target.parentElement.querySelector("label.md-nav__link");
    first?.focus({ preventScroll: true });
  }

  addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.("label[role=button]")) {
      event.preventDefault(); // 쪽이 밀리지 않게
      event.target.click();
    } else if (event.key === "Escape" && drawer.checked) drawer.click();
  });
  document.addEventListener("change", follow);
  narrow.addEventListener("change", name);
  name();
})();
