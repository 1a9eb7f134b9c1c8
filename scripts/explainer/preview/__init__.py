"""The site while it is written: each page is made when it is asked for, from what stands there."""

from explainer.preview.live import Answer, Preview
from explainer.preview.server import serve

__all__ = ["Answer", "Preview", "serve"]
