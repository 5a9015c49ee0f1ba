"""A little book for a search: its terms and its pages, none of which runs anything."""

TERMS = """term,english,definition,page,aliases,forbidden
손실 함수,loss function,먼 정도를 수로 나타냅니다.,loss.md,오차 함수,
비용 함수,cost function,손실을 모은 것입니다.,loss.md,,
역전파,backpropagation,그레이디언트를 구하는 방법입니다.,backward.md,"오차 역전파, backprop",
학습,learning,찾아 가는 과정입니다.,backward.md,,
가중치,weight,입력에 곱하는 수입니다.,weights.md,,
결정 트리,decision tree,순서도입니다.,trees.md,의사 결정 트리,의사결정나무
"""
INDEX = """---
title: 딥러닝
concepts: []
---

# 딥러닝 { #deep }

컴퓨터가 배웁니다.
"""
LOSS = """---
title: 손실 함수
description: 손실 함수는 예측이 타깃에서 얼마나 먼지를 잽니다.
concepts: []
---

# 손실 함수 { #loss }

예측과 타깃의 거리를 수 하나로 재는 함수입니다.

## 평균과 중앙값 { #mean-median }

제곱 오차는 평균을, 절대 오차는 중앙값을 배웁니다.

## 해치는 글 { #harm }

`<img src=x onerror=alert(1)>`라는 태그를 글로 적었습니다.
"""
BACKWARD = """---
title: 역전파와 옵티마이저
concepts: []
---

# 역전파와 옵티마이저 { #backward }

역전파는 모든 가중치의 기울기를 구합니다. 학습은 손실 함수를 줄이는 일입니다.
"""
WEIGHTS = """---
title: "작동 원리: 가중치"
concepts: []
---

# 작동 원리: 가중치 { #weights }

층마다 가중치가 있습니다. `Dense`의 가중치를 봅니다.

```text
print(layer.get_weights())
```
"""
TREES = """---
title: 결정 트리
concepts: []
---

# 결정 트리 { #trees }

순서도로 가릅니다. 알렉스넷보다 오래된 방법이고, 알렉스넷의 시대에도 쓰였습니다.
"""
PAGES = {"index": INDEX, "loss": LOSS, "backward": BACKWARD, "weights": WEIGHTS, "trees": TREES}
