package io.webchat.redis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A self-signed certificate for the loopback interface, made once per JVM by the JDK's keytool. */
final class Certificate {
    private static final String PASSWORD = "for-tests-only";
    private static final String ALIAS = "redis";

    private final ProcessFolder home = new ProcessFolder();

    private Certificate() {
        try {
            generate();
            KeyStore keys = KeyStore.getInstance(TrustStore.TYPE);
            try (InputStream in = Files.newInputStream(home.file("server.p12"))) {
                keys.load(in, PASSWORD.toCharArray());
            }
            writePem(
                    key(),
                    "PRIVATE KEY",
                    keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            writePem(certificate(), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
            writeTrustStore(keys.getCertificate(ALIAS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Certificate shared() {
        return Shared.CERTIFICATE;
    }

    /** The certificate, in PEM. */
    Path certificate() {
        return home.file("server.crt");
    }

    /** Its private key, in PEM. */
    Path key() {
        return home.file("server.key");
    }

    TrustStore trustStore() {
        return new TrustStore(home.file("trust.p12"), PASSWORD);
    }

    private void generate() throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        SystemCommand.run(List.of(
                keytool,
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                TrustStore.TYPE,
                "-storepass",
                PASSWORD,
                "-keystore",
                home.file("server.p12").toString()));
    }

    private void writeTrustStore(java.security.cert.Certificate certificate)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(TrustStore.TYPE);
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(trustStore().path())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private static void writePem(Path file, String type, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }

    /** Created when a test first uses TLS, because keytool takes a second. */
    private static final class Shared {
        private static final Certificate CERTIFICATE = new Certificate();
    }
}
