// 그림을 눌러 크게 본다. 그림마다 단추를 하나 달아 자판과 화면 낭독기로도 열 수 있게 한다.
// Esc와 바깥을 누르는 것은 닫기이고, 닫으면 초점은 연 단추로 돌아간다(dialog가 하는 일이다).

(() => {
  const dialog = document.createElement("dialog");
  dialog.className = "larger";
  dialog.setAttribute("aria-label", "크게 본 그림");
  const close = made("닫기", "M6 6l12 12M18 6 6 18", "larger__close");
  const sheet = document.createElement("div");
  sheet.className = "larger__sheet";
  sheet.tabIndex = 0; // 화면보다 크면 자판으로 민다
  sheet.setAttribute("role", "group");
  sheet.setAttribute("aria-label", "그림");
  dialog.append(close, sheet);

  function made(title, icon, name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.title = title;
    button.setAttribute("aria-label", title);
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${icon}"/></svg>`;
    return button;
  }

  let pressed; // 자판으로 열었으면 false

  function open(figure, button, { detail }) {
    pressed = detail > 0;
    sheet.classList.remove("larger__sheet--near");
    sheet.replaceChildren(figure.querySelector("svg, img").cloneNode(true));
    button.focus({ preventScroll: true });
    dialog.showModal();
  }

  // 통째로 보이던 것을 글자를 읽을 수 있는 크기로, 누른 자리가 보이게 키우고, 다시 줄인다.
  function zoom({ clientX = 0, clientY = 0 }) {
    const { width, height } = sheet.getBoundingClientRect();
    sheet.classList.toggle("larger__sheet--near");
    sheet.scrollTo((clientX / width) * sheet.scrollWidth - width / 2, (clientY / height) * sheet.scrollHeight - height / 2);
  }

  for (const figure of document.querySelectorAll(".output-figure")) {
    const frame = document.createElement("div");
    frame.className = "figure-frame";
    const button = made("그림 크게 보기", "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7", "figure-button");
    figure.replaceWith(frame);
    frame.append(figure, button);
    button.addEventListener("click", (event) => open(figure, button, event));
    figure.addEventListener("click", (event) => {
      if (getSelection().isCollapsed) open(figure, button, event); // 그림 속 글자를 고르는 중이 아니면
    });
  }

  // 테마는 글자 키로 쪽을 넘기고 검색을 연다. 그림을 보는 동안에는 듣지 않게 한다.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  sheet.addEventListener("click", zoom);
  sheet.addEventListener("keydown", (event) => event.key === "Enter" && zoom(event));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    sheet.replaceChildren();
    if (pressed) document.activeElement.blur(); // 단추의 말풍선이 그림을 덮고 남지 않게 한다
  });
  document.body.append(dialog);
})();
