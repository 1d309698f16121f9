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
 * The server's certificate and private key. They are read when this object is made; a renewed certificate needs a new
 * server. Protocols and ciphers are the platform's defaults: TLS 1.2 and later.
 */
public final class ServerTls {
    private final SslContext context;

    private ServerTls(SslContext context) {
        this.context = context;
    }

    /**
     * Reads PEM files.
     *
     * @param certificates the certificate chain, the server's own first
     * @param privateKey its key in PKCS#8, not encrypted
     * @throws IllegalArgumentException if they cannot be read, or do not fit together
     */
    public static ServerTls pem(Path certificates, Path privateKey) {
        try {
            return new ServerTls(SslContextBuilder.forServer(certificates.toFile(), privateKey.toFile())
                    .build());
        } catch (IOException e) {
            throw new IllegalArgumentException("TLS cannot be set up from " + certificates + " and " + privateKey, e);
        }
    }

    /**
     * Reads a key store.
     *
     * @param file a PKCS#12 or JKS file with one private key
     * @param password the password of the file and of the key
     * @throws IllegalArgumentException if it cannot be read
     */
    public static ServerTls keyStore(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return new ServerTls(SslContextBuilder.forServer(keys).build());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be set up from " + file, e);
        }
    }

    SslContext context() {
        return context;
    }
}
