package io.webchat.examples.server.push;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.json.JSONObject;

/**
 * A push service over HTTP. It checks the signature of each push, and decrypts it with the keys of its browser, which a
 * real one does not have. Refuses what a real one refuses.
 */
public final class FakePushService implements AutoCloseable {
    private static final Pattern VAPID = Pattern.compile("vapid t=([^, ]+), k=([A-Za-z0-9_-]+)");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int MAX_BODY = 4_096;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final HttpServer server;
    private final Map<String, TestBrowser> browsers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    /**
     * A push that was taken.
     *
     * @param browser the name of the browser
     * @param text the decrypted text
     * @param claims those of the signature
     * @param key the public key of the signature
     */
    public record Received(String browser, String text, Headers headers, JSONObject claims, String key) {
        /** A member of the text. */
        public String get(String name) {
            return new JSONObject(text).getString(name);
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** Starts a service on a free port of this machine. */
    public FakePushService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/push/", this::take);
        server.start();
    }

    /** Makes a browser with this name. */
    public TestBrowser browser(String name) throws Exception {
        TestBrowser browser = new TestBrowser();
        browsers.put(name, browser);
        return browser;
    }

    /** The endpoint of a browser. */
    public URI endpoint(String name) {
        return URI.create(origin() + "/push/" + name);
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next pushes with these statuses instead of taking them. */
    void answerNext(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    /** The pushes that were taken. */
    public List<Received> received() {
        return received;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Integer refusal = answers.poll();
            exchange.sendResponseHeaders(refusal == null ? accept(exchange) : refusal, -1);
        }
    }

    private int accept(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/push/".length());
        TestBrowser browser = browsers.get(name);
        byte[] body = exchange.getRequestBody().readAllBytes();
        Headers headers = exchange.getRequestHeaders();
        if (browser == null) {
            return 410;
        }
        if (body.length > MAX_BODY || !isWellFormed(headers)) {
            return 400;
        }
        try {
            Matcher vapid = VAPID.matcher(headers.getFirst("Authorization"));
            if (!vapid.matches()) {
                return 401;
            }
            JSONObject claims = verified(vapid.group(1), vapid.group(2));
            received.add(new Received(name, browser.decrypt(body), headers, claims, vapid.group(2)));
            return 201;
        } catch (Exception e) {
            return 403;
        }
    }

    private static boolean isWellFormed(Headers headers) {
        return "aes128gcm".equals(headers.getFirst("Content-Encoding"))
                && Integer.parseInt(headers.getFirst("TTL")) > 0
                && List.of("very-low", "low", "normal", "high").contains(headers.getFirst("Urgency"))
                && TOPIC.matcher(headers.getFirst("Topic")).matches();
    }

    /** The claims of a signature by this key, for this service, that ends in time. */
    private JSONObject verified(String token, String key) throws Exception {
        byte[] point = new Base64URL(key).decode();
        ECKey known = new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(point, 33, 65)))
                .build();
        SignedJWT signed = SignedJWT.parse(token);
        Instant end = signed.getJWTClaimsSet().getExpirationTime().toInstant();
        boolean isGood = signed.verify(new ECDSAVerifier(known))
                && signed.getJWTClaimsSet().getAudience().equals(List.of(origin()))
                && end.isAfter(Instant.now())
                && end.isBefore(Instant.now().plus(LONGEST));
        if (!isGood) {
            throw new IllegalArgumentException("not signed for " + origin());
        }
        return new JSONObject(signed.getJWTClaimsSet().toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
