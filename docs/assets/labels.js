// 테마와 출력이 이름 없이 남긴 곳을 화면 낭독기와 자판으로도 쓸 수 있게 한다. 보이는 것은 바꾸지 않는다.
// 코드의 단추와 설명은 테마의 스크립트가 나중에 넣으므로, 내용이 바뀔 때마다 다시 본다.

const content = document.querySelector("[data-md-component=content]");
const scrollers = ".output-figure, .output-table, pre > samp, math[display=block]";

function label() {
  document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "검색");
  // ‘복사됨’을 띄우는 상자다. 역할이 있어야 소리로도 알린다.
  document.querySelector(".md-dialog")?.setAttribute("role", "status");
  content.querySelectorAll(".md-annotation__index").forEach((button) => {
    button.setAttribute("aria-label", "코드 설명 열기");
  });
  content.querySelectorAll(".md-code__nav").forEach((tools, index) => {
    tools.setAttribute("aria-label", `코드 ${index + 1} 도구`);
  });
}

// 옆으로 밀어야 다 보이는 것은 자판으로도 밀 수 있어야 한다.
function reach() {
  for (const box of content.querySelectorAll(scrollers)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

// 테마의 검색은 글쇠를 뗄 때에만 상자를 읽는다. 붙여 넣거나 받아쓰게 한 말도 읽게 한다.
document.querySelector("[data-md-component=search-query]")?.addEventListener("input", (event) => {
  event.target.dispatchEvent(new KeyboardEvent("keyup"));
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
  reach();
  new MutationObserver(label).observe(content, { childList: true, subtree: true });
  new ResizeObserver(reach).observe(content);
  content.addEventListener("toggle", reach, true);
}
