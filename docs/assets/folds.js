// 찾던 말(?h=)이 찾아간 절의 접힌 곳에만 있으면 펼치고 그 자리를 보인다.
// 테마는 펼쳐진 글에만 표시를 하므로, 테마의 스크립트가 실행되기 전에 한다.

(() => {
  const words = (new URLSearchParams(location.search).get("h") ?? "").split(" ").filter(Boolean);
  const article = document.querySelector("article");
  if (!words.length || !article) return;

  // 찾아간 제목부터 다음 제목까지. 제목으로 가지 않았으면 쪽 전체다.
  const heading = location.hash && document.getElementById(location.hash.slice(1));
  const section = heading ? [] : [...article.children];
  for (let each = heading; each && (each === heading || !each.matches("h1, h2, h3")); each = each.nextElementSibling) {
    section.push(each);
  }

  const said = (text) => words.filter((word) => text.includes(word)).length;
  const told = section.flatMap((each) => [each, ...each.querySelectorAll("*")]).filter((each) => each.matches("p, li, td, h1, h2, h3"));
  const folded = told.filter((each) => each.closest("details:not(.check, .origin)"));
  const shown = told.filter((each) => !folded.includes(each)).map((each) => each.textContent).join(" ");
  const best = folded.sort((a, b) => said(b.textContent) - said(a.textContent))[0];
  if (!best || said(best.textContent) <= said(shown)) return;
  for (let fold = best.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  addEventListener("load", () => requestAnimationFrame(() => best.scrollIntoView({ block: "center" })));
})();
