"""How JupyterLab's server is set up by `make lab`; read by Jupyter itself."""

import warnings

from tools.lab_save import keep_what_is_written

c = get_config()  # noqa: F821  (Jupyter provides it)

# Nothing asks the network: no news, no updates, no list of extensions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# The style that `tools.lab` writes.
c.LabApp.custom_css = True

# A saved chapter keeps the text that its author wrote. Jupyter sets a hook
# twice, and warns that it does.
c.FileContentsManager.pre_save_hook = keep_what_is_written
warnings.filterwarnings("ignore", "Overriding existing pre_save_hook")

# The address to open is printed all the same.
c.Application.log_level = "WARN"
