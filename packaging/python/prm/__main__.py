"""`python -m prm` is `prm`."""

import subprocess
import sys

from . import find

sys.exit(subprocess.run([find(), *sys.argv[1:]], check=False).returncode)
