package io.webchat.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;

/** The TLS settings of connections. */
record RedisTls(@Nullable SSLSocketFactory sockets, boolean verifyHostname) {
    /** A socket factory that trusts the certificates in the store. */
    static SSLSocketFactory trusting(Path store, char[] password) throws IOException, GeneralSecurityException {
        // This type also reads JKS.
        KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(store)) {
            certificates.load(in, password);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    // The replacement of the deprecated methods takes no socket factory, and reads the trust store at each connect.
    @SuppressWarnings("deprecation")
    void applyTo(DefaultJedisClientConfig.Builder jedis) {
        SSLParameters parameters = new SSLParameters();
        if (verifyHostname) {
            // With a socket factory, jedis does not set this by itself.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        SSLSocketFactory chosen = sockets != null ? sockets : (SSLSocketFactory) SSLSocketFactory.getDefault();
        jedis.ssl(true).sslSocketFactory(chosen).sslParameters(parameters);
    }
}
