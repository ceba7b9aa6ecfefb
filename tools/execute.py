"""Execute the chapters, side by side, into the cache that the book is built from.

A chapter is executed again when its code has changed. When the packages or the
lock have changed, all are: the cache itself does not look there. Each is kept as
soon as it is done.

jupyter-cache's own parallel executor passes no options to a kernel, keeps results
without a look at them, and prints a traceback for each process at Ctrl-C.
"""

import asyncio
import os
import shutil
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from tools import frameworks
from tools.layout import BOOK, BUILD, package_key
from tools.notebooks import (
    chapters,
    code_cells,
    needs_pytorch,
    read,
    reference_of,
    unkept_promises,
)

CACHE = BUILD / ".jupyter_cache"
CELL_TIMEOUT = 120  # seconds
REVIEWED = "not executed: PyTorch is not here (make torch); shows its reference"


class Client(NotebookClient):
    """A client that leaves signals alone.

    At Ctrl-C the library's own handler ends one kernel of many, and goes on.
    """

    @asynccontextmanager
    async def async_setup_kernel(self, **options):
        self.km = self.create_kernel_manager()
        self.km.kernel_spec.argv[0] = str(python_of(self.nb))
        try:
            await self.async_start_new_kernel(**options)
            await self.async_start_new_kernel_client()
            yield
        finally:
            await self._async_cleanup_kernel()


def python_of(notebook: NotebookNode) -> Path:
    """The Python that executes a chapter."""
    has_pytorch = needs_pytorch(notebook) and frameworks.pytorch()
    return has_pytorch or Path(sys.executable)


def shows_reference(notebook: NotebookNode) -> bool:
    """Whether a chapter needs PyTorch, and there is none to execute it."""
    return needs_pytorch(notebook) and not frameworks.pytorch()


def with_reviewed_outputs(chapter: Path, notebook: NotebookNode) -> list[str]:
    """Give a chapter the outputs of its reference; return what went wrong."""
    kept = code_cells(nbformat.read(reference_of(chapter), as_version=4))
    cells = code_cells(notebook)
    if [cell.source for cell in cells] != [cell.source for cell in kept]:
        return [
            f"{chapter.name} has changed since its reference was made, and "
            "cannot be executed without PyTorch; run `make torch` first"
        ]
    for cell, one in zip(cells, kept, strict=True):
        cell.outputs, cell.execution_count = one.outputs, one.execution_count
    return []


def open_cache() -> JupyterCacheBase:
    """The cache of executed chapters, emptied if the package has changed."""
    key_file, key = CACHE / "package.key", package_key()
    if not key_file.exists() or key_file.read_text() != key:
        shutil.rmtree(CACHE, ignore_errors=True)
        CACHE.mkdir(parents=True)
        key_file.write_text(key)
    return get_cache(CACHE)


def cached(cache: JupyterCacheBase, notebook: NotebookNode) -> NotebookNode | None:
    """The notebook with its outputs, if its code has been executed before."""
    try:
        if cache.match_cache_notebook(notebook).data.get("reviewed"):
            return None
        return cache.merge_match_into_notebook(notebook)[1]
    except (KeyError, ValueError):  # not there, or written in part
        return None


async def execute(
    chapter: Path, notebook: NotebookNode, cache: JupyterCacheBase
) -> list[str]:
    """Execute `notebook` in place and keep it; return what went wrong."""
    start, reviewed = time.perf_counter(), shows_reference(notebook)
    if reviewed:
        problems = with_reviewed_outputs(chapter, notebook)
    else:
        problems = await run(chapter, notebook)
    if not problems:
        bundle = CacheBundleIn(notebook, str(chapter), data={"reviewed": reviewed})
        cache.cache_notebook_bundle(bundle, overwrite=True)
        took = REVIEWED if reviewed else f"{time.perf_counter() - start:.1f} s"
        print(f"  {chapter.stem}  {took}", flush=True)
    return problems


async def run(chapter: Path, notebook: NotebookNode) -> list[str]:
    """Execute `notebook` in place; return what went wrong."""
    client = Client(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        record_timing=False,  # the cache would take times for code
        coalesce_streams=True,  # one output, however the kernel cut it
        resources={"metadata": {"path": str(BOOK)}},
        extra_arguments=["--log-level=40"],  # errors alone
        shutdown_kernel="immediate",
    )
    try:
        await client.async_execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return [f"{chapter.name} stopped:\n{error}"]
    return [f"{chapter.name}: {one}" for one in unkept_promises(notebook)]


async def execute_all(chapter_list: list[Path], jobs: int) -> list[str]:
    """Execute what the cache does not hold; return what went wrong."""
    cache = open_cache()
    notebooks = {chapter: read(chapter) for chapter in chapter_list}
    missing = {
        chapter: notebook
        for chapter, notebook in notebooks.items()
        if cached(cache, notebook) is None
    }
    print(
        f"chapters: {len(missing)} to execute, "
        f"{len(notebooks) - len(missing)} unchanged",
        flush=True,
    )
    slots = asyncio.Semaphore(jobs)

    async def in_turn(chapter: Path) -> list[str]:
        async with slots:
            return await execute(chapter, missing[chapter], cache)

    problems = await asyncio.gather(*map(in_turn, missing))
    return [problem for some in problems for problem in some]


def main(chapter_list: list[Path] | None = None) -> None:
    wanted = chapters() if chapter_list is None else chapter_list
    problems = asyncio.run(execute_all(wanted, os.cpu_count() or 1))
    if problems:
        sys.exit("\n\n".join(problems))
