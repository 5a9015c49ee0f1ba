// 테마의 차례는 화면이 좁으면 label로만 열린다. 자판과 화면 낭독기에는 단추로 보이게 한다.
// label은 단추의 역할을 맡을 수 없으므로, 그 안의 것을 단추인 span에 담는다.

(() => {
  const narrow = matchMedia("(max-width: 76.2344em)"); // 테마가 차례를 서랍에 넣는 너비
  const drawer = document.getElementById("__drawer");
  const opener = document.querySelector(".md-header [for=__drawer]");
  if (!drawer || !opener) return;
  const search = document.querySelector(".md-header [for=__search]");
  const inner = document.querySelectorAll(".md-nav--primary label[for]:not([for=__drawer])");
  const labels = [opener, search, ...inner].filter(Boolean);
  const button = (label) => label?.querySelector(".as-button");

  function spoken(label) {
    if (label === opener) return "차례";
    if (label === search) return "검색";
    const own = label.textContent.trim() || label.parentElement.textContent.trim();
    return label.matches(".md-nav__title") ? `${own}: 위로` : own;
  }

  for (const label of labels) {
    const name = spoken(label);
    const made = document.createElement("span");
    made.className = "as-button";
    made.dataset.name = name;
    made.append(...label.childNodes);
    label.append(made);
  }

  // 넓은 화면에서 차례의 묶음은 여닫지 않는 제목이다. 그때는 단추가 아니다.
  function update() {
    for (const label of labels) {
      const made = button(label);
      const box = document.getElementById(label.htmlFor);
      const told = {
        tabindex: 0,
        role: "button",
        "aria-label": made.dataset.name,
        "aria-expanded": label.matches(".md-nav__title") ? null : box?.checked,
      };
      for (const [key, value] of Object.entries(told)) {
        if (narrow.matches && value != null) made.setAttribute(key, value);
        else made.removeAttribute(key);
      }
    }
  }

  // 연 것의 첫 항목으로, 닫은 것을 열었던 자리로 초점을 옮긴다.
  function follow({ target }) {
    update();
    if (!narrow.matches || !target.matches(".md-toggle") || target.id === "__search") return;
    const own = target === drawer ? document : target.parentElement;
    const panel = own.querySelector(target === drawer ? ".md-nav--primary" : "nav");
    const closed = target === drawer ? opener : own.querySelector("label.md-nav__link");
    const inside = [...panel.querySelectorAll("[tabindex='0'], a[href]")];
    const first = inside.find((each) => each.checkVisibility({ visibilityProperty: true }));
    (target.checked ? first : button(closed))?.focus({ preventScroll: true });
  }

  addEventListener("keydown", (event) => {
    if ([" ", "Enter"].includes(event.key) && event.target.matches?.(".as-button")) {
      event.preventDefault(); // 쪽이 밀리지 않게
      event.target.click();
    } else if (event.key === "Escape" && drawer.checked) drawer.click();
  });
  document.addEventListener("change", follow);
  narrow.addEventListener("change", update);
  update();
})();
