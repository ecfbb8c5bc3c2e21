"""What all tests share: where the modules beside them lie."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
