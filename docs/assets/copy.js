// 실행되는 코드 칸에 단추 둘을 더한다: 처음부터 여기까지 복사, 이 칸의 주소를 복사.
// 테마의 복사 단추는 설명 표시까지 옮기므로, 그 칸의 프로그램 그대로를 복사하게 한다.
// 복사하고 알리는 일은 테마가 한다(data-clipboard-text).

(() => {
  const stored = document.getElementById("program");
  const { start, claim, parts } = stored ? JSON.parse(stored.textContent) : { parts: [] };
  const ICONS = {
    top: "M4 4h16M4 9h9M4 14h9M17 9v11m-4-4 4 4 4-4",
    link: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  };

  function button(title, icon, text) {
    const made = document.createElement("button");
    made.className = "md-code__button copy-more";
    made.type = "button";
    made.title = title;
    made.setAttribute("aria-label", title);
    made.dataset.clipboardText = text;
    made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
    return made;
  }

  // 확인의 코드 위에는 무엇을 확인하는지 적는다. 쪽을 떠나면 assert만으로는 알 수 없다.
  function claimed(number) {
    const check = document.querySelector(`[data-part="${number}"]`)?.closest("details.check");
    return check ? `${claim}${check.querySelector("summary").textContent.replace(/^.*? · /, "")}\n` : "";
  }

  // 쪽의 처음부터 그 칸까지, 쪽이 읽는 자료 파일을 적는 코드까지 담은 프로그램.
  function program(last) {
    const codes = parts.slice(0, last + 1).map(([code, within], number) => claimed(number) + (within ?? code));
    const all = [start, ...codes].filter(Boolean);
    return all.map((part) => part.replace(/^\n+|\n+$/g, "")).join("\n\n") + "\n";
  }

  function extend() {
    for (const tools of document.querySelectorAll("[data-part] .md-code__nav:not([data-extended])")) {
      tools.dataset.extended = "";
      const block = tools.closest("[data-part]");
      const last = Number(block.dataset.part);
      const copy = tools.querySelector("[data-md-type=copy], [data-clipboard-target]");
      if (copy) {
        copy.dataset.clipboardText = parts[last][0];
        copy.title = "이 칸만 복사";
        copy.setAttribute("aria-label", copy.title);
      }
      if (last || start) tools.append(button("처음부터 여기까지 복사", "top", program(last)));
      const id = block.id || block.closest("[id]").id;
      tools.append(button("이 칸의 주소를 복사", "link", location.href.replace(/#.*/, "") + "#" + id));
    }
  }

  // 테마는 무엇을 복사했든 같은 말을 한다. 어느 단추였는지 알린다.
  addEventListener("click", ({ target }) => {
    const name = target.closest("[data-extended] > [data-clipboard-text]")?.ariaLabel;
    const said = document.querySelector(".md-dialog--active > .md-dialog__inner");
    if (name && said) said.textContent = `${name}했습니다`;
  });

  if (parts.length) {
    extend();
    const content = document.querySelector("[data-md-component=content]");
    new MutationObserver(extend).observe(content, { childList: true, subtree: true });
  }
})();
