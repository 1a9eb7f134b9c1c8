"""YAML to typed data: strict reading, models, references, checks, and the registry of ids.

Other packages import from here. Star imports publish the public names of the modules that define
the models and errors.
"""

# ruff: noqa: F403
from explainer.data.dataset import *
from explainer.data.errors import *
from explainer.data.load import load as load
from explainer.data.mentions import mention_ids as mention_ids
from explainer.data.models.fields import LANGUAGES as LANGUAGES
from explainer.data.models.fields import Text as Text
from explainer.data.models.figures import *
from explainer.data.models.publication import *
from explainer.data.models.sources import *
from explainer.data.references import *
from explainer.data.revisions import *
from explainer.data.translations import *
from explainer.data.yaml_source import hidden as hidden
