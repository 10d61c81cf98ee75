"""LibreOffice with a workbook open in it; for scripts that the interpreter with `uno` runs."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("LibreOffice does not answer")


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


@contextmanager
def opened(job):
    """The document `source` of a job, in an office of its own: `program`, `profile`."""
    pipe = f"office{os.getpid()}"
    office = subprocess.Popen(
        [job["program"], job["profile"], "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(job["source"]), "_blank", 0, (option("Hidden", True),)
        )
        yield document
        document.close(True)
        with suppress(DisposedException):  # it may be gone before it has answered that it goes
            desktop.terminate()
        office.wait(60)
    finally:
        office.kill()
