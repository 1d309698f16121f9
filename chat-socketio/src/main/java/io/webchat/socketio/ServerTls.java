package io.webchat.socketio;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/**
 * The certificate and private key of a server. The files are read once, when this object is made: a renewed certificate
 * needs a new server. Protocols and ciphers are the defaults of the Java platform: TLS 1.2 and later.
 */
public final class ServerTls {
    private final SslContext context;

    private ServerTls(SslContext context) {
        this.context = context;
    }

    /**
     * Reads PEM files.
     *
     * @param certificates the certificate chain, beginning with the certificate of the server
     * @param privateKey the private key of that certificate, in PKCS#8 and not encrypted
     * @throws IllegalArgumentException if a file cannot be read, or if the key does not belong to the certificate
     */
    public static ServerTls pem(Path certificates, Path privateKey) {
        try {
            return new ServerTls(SslContextBuilder.forServer(certificates.toFile(), privateKey.toFile())
                    .build());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read a certificate from " + certificates + " and its key from " + privateKey, e);
        }
    }

    /**
     * Reads a key store.
     *
     * @param file a PKCS#12 or JKS file with one private key
     * @param password the password of the file and of the key
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static ServerTls keyStore(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return new ServerTls(SslContextBuilder.forServer(keys).build());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read a certificate and its key from the key store " + file, e);
        }
    }

    SslContext context() {
        return context;
    }
}
