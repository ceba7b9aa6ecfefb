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

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from tools.layout import BOOK, BUILD, package_key
from tools.notebooks import chapters, read, unkept_promises

CACHE = BUILD / ".jupyter_cache"
CELL_TIMEOUT = 120  # seconds


class Client(NotebookClient):
    """A client that leaves signals alone.

    At Ctrl-C the library's own handler ends one kernel of many, and goes on.
    """

    @asynccontextmanager
    async def async_setup_kernel(self, **options):
        self.km = self.create_kernel_manager()
        try:
            await self.async_start_new_kernel(**options)
            await self.async_start_new_kernel_client()
            yield
        finally:
            await self._async_cleanup_kernel()


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
        return cache.merge_match_into_notebook(notebook)[1]
    except (KeyError, ValueError):  # not there, or written in part
        return None


async def execute(
    chapter: Path, notebook: NotebookNode, cache: JupyterCacheBase
) -> list[str]:
    """Execute `notebook` in place and keep it; return what went wrong."""
    start = time.perf_counter()
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
    problems = [f"{chapter.name}: {one}" for one in unkept_promises(notebook)]
    if not problems:
        cache.cache_notebook_bundle(
            CacheBundleIn(notebook, str(chapter)), overwrite=True
        )
        print(f"  {chapter.stem}  {time.perf_counter() - start:.1f} s", flush=True)
    return problems


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
