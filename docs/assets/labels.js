// 테마와 출력이 이름 없이 남긴 곳을 화면 낭독기와 자판으로도 쓸 수 있게 한다. 보이는 것은 바꾸지 않는다.
// 멀리 있어 그리지 않은 것(book.css)이 가까워지면 푼다.
// 코드의 단추와 설명은 보일 때가 되어서야 테마의 스크립트가 넣으므로, 내용이 바뀔 때마다 다시 본다.

const content = document.querySelector("[data-md-component=content]");
const scrollers = ".output-figure, .output-table, pre > samp, math[display=block], .md-typeset__scrollwrap";
const heavy = "article > :is(.highlight, .outputs, .footnote)"; // book.css에도 있다

function label() {
  document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "검색");
  // 복사했다고 알리는 상자다. 역할이 있어야 소리로도 알린다.
  document.querySelector(".md-dialog")?.setAttribute("role", "status");
  content.querySelectorAll(".md-annotation__index").forEach((button) => {
    button.setAttribute("aria-label", "코드 설명 열기");
  });
  // 테마는 말풍선을 띄우는 동안 title을 거둔다. 이름은 그때에도 있어야 한다.
  content.querySelectorAll(".md-code__button[title]:not([aria-label])").forEach((button) => {
    button.setAttribute("aria-label", button.title);
  });
  content.querySelectorAll("pre:has(> code)").forEach((block, index) => {
    block.querySelector(".md-code__nav")?.setAttribute("aria-label", `코드 ${index + 1} 도구`);
  });
  content.querySelectorAll(scrollers).forEach(watch);
}

// 옆으로 밀어야 다 보이는 것은 자판으로도 밀 수 있어야 한다. 크기는 한꺼번에 잰다.
const shown = new Set();
function reach(boxes) {
  const wide = boxes.map((box) => box.scrollWidth > box.clientWidth);
  boxes.forEach((box, index) => {
    if (wide[index]) box.tabIndex = 0;
    else if (box !== document.activeElement) box.removeAttribute("tabindex");
  });
}

// 멀리 있는 것은 아직 재지 않으므로, 밀어야 하는 것으로 둔다.
const watched = new Set();
function watch(box) {
  if (watched.has(box)) return;
  watched.add(box);
  box.tabIndex = 0;
  approach.observe(box);
}

// 단추가 아직 없는 코드에도 자판이 멈춰야, 보이게 되어 단추가 생긴다. 그때 테마가 tabindex를 거두어
// 초점을 잃으면 되돌려 놓는다.
function hold(code) {
  code.tabIndex = 0;
  code.addEventListener("blur", () => {
    if (code.hasAttribute("tabindex")) return;
    code.tabIndex = 0;
    code.focus({ preventScroll: true });
  });
}

// 멀리 있는 무거운 것은 그리지 않고 둔다(book.css). 가까워지면 풀어 놓아야 말풍선이 잘리지 않는다.
const approach = new IntersectionObserver((changes) => {
  const near = changes.filter((change) => change.isIntersecting).map((change) => change.target);
  near.forEach((each) => {
    if (each.matches(heavy)) each.classList.add("near");
    if (each.matches(scrollers)) shown.add(each);
  });
  reach(near.filter((each) => shown.has(each)));
}, { rootMargin: "100% 0px" });

// 창의 아래에서 잘리는 말풍선은 위로 옮긴다(book.css).
new MutationObserver((changes) => {
  for (const tip of changes.flatMap((change) => [...change.addedNodes])) {
    if (tip.role === "tooltip" && tip.getBoundingClientRect().bottom > innerHeight) tip.classList.add("md-tooltip2--above");
  }
}).observe(document.body, { childList: true });

// 테마의 검색은 글쇠를 뗄 때에만 상자를 읽는다. 붙여 넣거나 받아쓰게 한 말도 읽게 한다.
// 상자에 들어서면 검색에게 색인을 받아 두라고 한다(reading/assets/worker.js).
const query = document.querySelector("[data-md-component=search-query]");
query?.addEventListener("input", () => query.dispatchEvent(new KeyboardEvent("keyup")));
query?.addEventListener("focus", () => new BroadcastChannel("livedocs").postMessage("soon"));

// 좁은 화면에서 테마는 검색하는 동안 쪽을 붙들어 둔다. 떠날 때 놓아야 돌아왔을 때 읽던 자리가 보인다.
addEventListener("pagehide", () => {
  const { dataset, style } = document.body;
  if (!("mdScrolllock" in dataset)) return;
  const top = -Number.parseInt(style.top, 10);
  delete dataset.mdScrolllock;
  style.top = "";
  scrollTo({ top, behavior: "instant" });
});

// 밝기 단추에서 테마는 Enter만 듣는다.
document.querySelector("[data-md-component=palette]")?.addEventListener("keydown", (event) => {
  if (event.key !== " ") return;
  event.preventDefault();
  event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
});

// Esc는 뜻풀이도 닫는다. 초점을 거두어도 다음 Tab은 그 자리에서 이어진다.
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const term of document.querySelectorAll("abbr.term:is(:focus, :hover)")) {
    term.dispatchEvent(new Event("mouseleave"));
    term.blur();
  }
});

// 손가락으로 다시 누른 낱말은 뜻풀이를 닫는다. 테마는 다른 곳을 눌러야 닫는다.
let opened;
addEventListener("pointerdown", ({ target, pointerType }) => {
  const term = pointerType === "touch" && target.closest("abbr.term");
  opened = term && term === document.activeElement && term;
});
addEventListener("click", ({ target }) => {
  if (!opened || target.closest("abbr.term") !== opened) return;
  opened.blur();
  opened.dispatchEvent(new Event("mouseleave"));
});

// 차례의 묶음은 없는 제목을 가리키기도 한다. 그때는 묶음의 첫 링크가 이름이다.
for (const group of document.querySelectorAll(".md-nav[aria-labelledby]")) {
  if (document.getElementById(group.getAttribute("aria-labelledby"))?.textContent.trim()) continue;
  const title = group.parentElement.querySelector(".md-nav__link")?.textContent.trim();
  group.removeAttribute("aria-labelledby");
  if (title) group.setAttribute("aria-label", title);
}

if (content) {
  label();
  content.querySelectorAll("pre > code").forEach(hold);
  content.querySelectorAll(heavy).forEach((each) => approach.observe(each));
  new MutationObserver(label).observe(content, { childList: true, subtree: true });
  new ResizeObserver(() => reach([...shown])).observe(content);
}
