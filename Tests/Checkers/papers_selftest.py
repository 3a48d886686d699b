# SPDX-License-Identifier: Apache-2.0
"""Proves papers.py: a paper signed by pyHanko with root and time stamp made here is accepted, a damaged one is not."""
import datetime
import io
import pathlib
import tempfile

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore

import papers


def key_usage(**on):
    names = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
    return x509.KeyUsage(**{name: on.get(name, False) for name in names})


def issue(name, issuer=None, stamps=False):
    """(certificate, key) signed by the issuer, or by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer is None:
        builder = builder.add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True)
    else:
        builder = builder.add_extension(key_usage(digital_signature=True, content_commitment=True), critical=True)
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def write(folder, name, pair):
    certificate, key = pair
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def signed_paper(folder):
    root = issue("Gốc thử")
    write(folder, "root", root)
    write(folder, "signer", issue("Người ký thử", root))
    write(folder, "stamp", issue("TSA thử", root, stamps=True))
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"0 0 m 100 100 l S " * 20)
    plain = io.BytesIO()
    pdf.save(plain, compress_streams=False)
    chain = SimpleCertificateStore()
    chain.register(load_cert_from_pemder(str(folder / "root.pem")))
    signer = signers.SimpleSigner.load(
        str(folder / "signer.key"), str(folder / "signer.pem"), ca_chain_files=(str(folder / "root.pem"),)
    )
    stamper = timestamps.DummyTimeStamper(
        load_cert_from_pemder(str(folder / "stamp.pem")), load_private_key_from_pemder(str(folder / "stamp.key"), None),
        certs_to_embed=chain,
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Sig", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    path = folder / "paper.pdf"
    with open(path, "wb") as out:
        signers.sign_pdf(IncrementalPdfFileWriter(plain), meta, signer=signer, timestamper=stamper, output=out)
    return path


def main():
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = signed_paper(folder)
        # The sample has no text, no fonts and no tags: exactly that must be said, and nothing of its signature.
        said = papers.judge_result(path, [folder / "root.pem"], ["Trích lục"], "http")
        bare = ("the paper is not tagged", "the structure tree holds no text", "the text does not say", "zbarimg reads")
        failures += [f"a sound signature was refused: {one}" for one in said if not one.startswith(bare)]
        failures += [f"not found on a bare paper: {e}" for e in bare if not any(one.startswith(e) for one in said)]
        write(folder, "other", issue("Gốc khác"))
        said = papers.judge_result(path, [folder / "other.pem"])
        if "pyHanko does not accept signature and time stamp" not in said:
            failures.append("a stranger's root was accepted")
    return failures


if __name__ == "__main__":
    for failure in main():
        print(failure)
