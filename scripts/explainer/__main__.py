"""``python -m explainer``: the same as the command ``explainer``."""

import sys

from explainer.cli import main

sys.exit(main())
