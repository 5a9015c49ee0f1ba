// 테마가 이름 없이 남겨 둔 단추와 상자에 한국어 이름을 붙인다. 화면에서 보이는 것은 바꾸지 않는다.
// 코드의 단추와 설명은 테마의 스크립트가 나중에 넣으므로 바뀔 때마다 다시 본다.

const content = document.querySelector("[data-md-component=content]");

function name(selector, label) {
  for (const element of document.querySelectorAll(selector)) {
    if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", label);
  }
}

function nameAll() {
  name(".md-annotation__index", "코드 설명 열기");
  name(".md-code__nav", "코드 도구");
  name(".md-search[role=dialog]", "검색");
  name(".md-dialog", "알림");
}

nameAll();
if (content) new MutationObserver(nameAll).observe(content, { childList: true, subtree: true });
