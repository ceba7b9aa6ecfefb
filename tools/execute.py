"""Execute the chapters, side by side, into the cache that the book is built from.

A chapter is executed again when its code has changed. When `rnn_src` or the
lock has changed, all are: the cache itself does not look there.
"""

import asyncio
import os
import shutil
import sys
import time
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from tools.layout import BOOK, BUILD, package_key
from tools.notebooks import chapters, read

CACHE = BUILD / ".jupyter_cache"
CELL_TIMEOUT = 120  # seconds


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
    except KeyError:
        return None


async def execute(
    chapter: Path, notebook: NotebookNode, slots: asyncio.Semaphore
) -> str | None:
    """Execute `notebook` in place; return what went wrong, if anything did."""
    async with slots:
        start = time.perf_counter()
        client = NotebookClient(
            notebook,
            timeout=CELL_TIMEOUT,
            kernel_name="python3",
            record_timing=False,  # the cache would take times for code
            coalesce_streams=True,  # one output, however the kernel cut it
            resources={"metadata": {"path": str(BOOK)}},
            extra_arguments=["--log-level=40"],
        )  # errors alone
        try:
            await client.async_execute()
        except (CellExecutionError, CellTimeoutError) as error:
            return f"{chapter.name} stopped:\n{error}"
        print(f"  {chapter.stem}  {time.perf_counter() - start:.1f} s", flush=True)
        return None


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
    problems = await asyncio.gather(
        *(execute(chapter, notebook, slots) for chapter, notebook in missing.items())
    )
    for (chapter, notebook), problem in zip(missing.items(), problems, strict=True):
        if problem is None:
            cache.cache_notebook_bundle(
                CacheBundleIn(notebook, str(chapter)), overwrite=True
            )
    return [problem for problem in problems if problem]


def main(chapter_list: list[Path] | None = None) -> None:
    problems = asyncio.run(execute_all(chapter_list or chapters(), os.cpu_count() or 1))
    if problems:
        sys.exit("\n\n".join(problems))


if __name__ == "__main__":
    main()
