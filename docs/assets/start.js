// 테마의 스크립트는 무거워, 독자가 처음 움직일 때에야 실행한다. 받아 두기는 한다(reading/sheets.py).
// 그때까지의 쪽은 스크립트가 없을 때의 쪽이다: 글, 코드, 출력, 그림, 차례가 모두 있다.

(() => {
  const signs = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"];
  const waiting = document.querySelector("link[data-script]");
  if (!waiting) return; // 다른 생성기로 만든 사이트
  const script = document.createElement("script");
  script.src = waiting.href;

  // 테마는 문서가 다 읽혔다는 알림에 단추와 말풍선을 단다. 늦게 온 스크립트에는 다시 알린다.
  script.addEventListener("load", () => document.dispatchEvent(new Event("DOMContentLoaded")));

  function start() {
    signs.forEach((sign) => removeEventListener(sign, start));
    document.body.append(script);
  }

  // 쪽을 미는 것만 여기까지 온다. 아래에서 차례를 미는 것은 오지 않는다.
  signs.forEach((sign) => addEventListener(sign, start, { passive: true }));

  // 주소가 자리나 찾던 말을 가리킬 때에는 기다리지 않는다.
  if (location.hash || location.search) start();

  // 어두운 화면을 바라는 독자가 처음 왔을 때에도 흰 쪽을 보이지 않는다. 그 뒤로는 테마가 고른다.
  const night = document.querySelector("input[data-md-color-media='(prefers-color-scheme: dark)']");
  if (night && matchMedia(night.dataset.mdColorMedia).matches && !__md_get("__palette")) {
    for (const name of ["Scheme", "Primary", "Accent"]) {
      document.body.dataset[`mdColor${name}`] = night.dataset[`mdColor${name}`];
    }
  }

  // 그 전에 누른 밝기 단추와 찾기 단추는 실행된 다음에 누른 것으로 한다.
  function hold(event) {
    const pressed = event.target.closest("header :is([for^=__palette], [for=__search])");
    if (!pressed) return;
    event.preventDefault();
    script.addEventListener("load", () => pressed.click());
  }

  addEventListener("click", hold, true);
  script.addEventListener("load", () => removeEventListener("click", hold, true));

  // 그 전에 친 글쇠도 그렇다: ‘/가중치’를 치면 검색을 열고 ‘가중치’를 찾는다.
  const typed = [];
  function keep(event) {
    const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
    if (key.length > 1 || ctrlKey || metaKey || altKey || isComposing || target !== document.body) return;
    if (key !== " ") event.preventDefault();
    typed.push(key);
  }

  addEventListener("keydown", keep, true);
  script.addEventListener("load", () => {
    removeEventListener("keydown", keep, true);
    for (const key of typed) {
      const box = document.activeElement;
      if (box.matches("input")) document.execCommand("insertText", false, key);
      else box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  });

  // 테마는 밝기 단추 둘 가운데 누를 것을 제 스크립트로 보인다. 자판이 닿는 단추도 그것이어야 한다.
  const { mdColorScheme } = document.body.dataset;
  const chosen = document.querySelector(`input[data-md-color-scheme="${mdColorScheme}"]`);
  if (chosen) {
    chosen.checked = true;
    chosen.nextElementSibling.removeAttribute("hidden");
  }

  // 차례를 지금 쪽이 보이게 밀어 둔다. 테마의 스크립트도 실행되면서 그렇게 하는데, 그때에야 움직이면
  // 누르려던 것이 달아난다.
  const grid = document.querySelector(".md-main__inner");
  const above = document.querySelector(".md-header").offsetHeight + grid.offsetTop - grid.parentElement.offsetTop;
  for (const here of document.querySelectorAll(".md-nav__link--active[href]")) {
    const box = here.closest(".md-sidebar__scrollwrap");
    if (!box || !here.clientHeight) continue;
    box.style.height = `${innerHeight - above - 2 * box.offsetTop}px`;
    box.scrollTop = here.offsetTop - box.offsetTop - box.clientHeight / 2;
  }

  // 접힌 것은 펼쳐서 인쇄하고, 인쇄한 뒤에는 다시 접는다. 풀이를 아직 볼 사람이 아니다.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("article details:not([open])")];
    folded.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));
})();
