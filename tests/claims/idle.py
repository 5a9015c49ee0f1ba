"""Hidden code before a page whose training is skipped: models stay as they were made.

`fit` measures the untrained model once and says so for every epoch, `train_on_batch` measures
only; callbacks are called as ever, for pages collect what they want to draw by them. Figures are
thrown away: nobody looks at them.
"""

import keras as _keras
import matplotlib.pyplot as _plt
import numpy as _np


def _measured(model, x, y=None, weights=None, steps=None):
    size = 256 if hasattr(x, "shape") else None
    return model.evaluate(
        x, y, batch_size=size, sample_weight=weights, steps=steps, verbose=0, return_dict=True
    )


def _idle_fit(
    self,
    x=None,
    y=None,
    batch_size=None,
    epochs=1,
    verbose=0,
    callbacks=None,
    validation_split=0.0,
    validation_data=None,
    shuffle=True,
    class_weight=None,
    sample_weight=None,
    initial_epoch=0,
    steps_per_epoch=None,
    **rest,
):
    logs = _measured(self, x, y, sample_weight, steps_per_epoch)
    count = len(x) if hasattr(x, "shape") else 1
    if validation_data is None and validation_split:
        first = int(count * (1 - validation_split))
        validation_data = (x[first:], y[first:])
    if validation_data is not None:
        pair = isinstance(validation_data, (list, tuple))
        seen = _measured(self, *(validation_data if pair else [validation_data]))
        logs |= {f"val_{name}": value for name, value in seen.items()}
    steps = steps_per_epoch or int(_np.ceil(count / (batch_size or 32)))
    told = _keras.callbacks.CallbackList(
        callbacks, add_history=True, model=self, epochs=epochs, steps=steps, verbose=0
    )
    self.stop_training = False
    told.on_train_begin()
    for epoch in range(initial_epoch, epochs):
        told.on_epoch_begin(epoch)
        for step in range(steps if callbacks else 0):
            told.on_train_batch_begin(step)
            told.on_train_batch_end(step, dict(logs))
        told.on_epoch_end(epoch, dict(logs))
        if self.stop_training:
            break
    told.on_train_end(logs)
    return self.history


def _idle_train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False):
    return self.test_on_batch(x, y, sample_weight=sample_weight, return_dict=return_dict)


_keras.Model.fit = _idle_fit
_keras.Model.train_on_batch = _idle_train_on_batch
_plt.show = lambda *_, **__: _plt.close("all")
