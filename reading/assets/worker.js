// Material의 검색 상자와 주고받는다: 0 켜져서, 1 준비되었다고 하고, 2 찾는 글을 받아, 3 결과를 준다.
// 테마는 쪽을 열 때마다 검색 프로그램과 색인을 받게 하지만, 찾지 않는 독자가 더 많다. 그래서 둘 다 처음 물을 때 받는다.

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;

let loading;

function loaded() {
  loading ??= fetch(new URL("../../search/book.json", location))
    .then((answer) => answer.json())
    .then((index) => {
      importScripts("../../PROGRAM");
      setup(index);
    })
    .catch((error) => {
      loading = null; // 다음에 물을 때 다시 받는다
      throw error;
    });
  return loading;
}

// 검색 상자가 열렸다(docs/assets/labels.js): 첫 글자를 치기 전에 받고, 한 번 찾아 손을 풀어 둔다.
new BroadcastChannel("livedocs").onmessage = () => loaded().then(() => items("왜 손실")).catch(() => {});

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    postMessage({ type: READY });
  } else if (type === QUERY) {
    const text = data.trim();
    if (text) await loaded();
    postMessage({ type: RESULT, data: { items: text ? items(data) : [] } });
  }
});
