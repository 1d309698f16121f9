package io.webchat.examples.server;

import io.webchat.core.ids.UserId;
import io.webchat.examples.server.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Nodes over the same backends, and the tokens that all of them accept. */
public abstract class Nodes implements AutoCloseable {
    /** The key with which every node signs and checks tokens. */
    static final String SECRET = "a secret that all nodes of a test share";

    // Longer than any node's clock is ahead.
    private static final Duration LIFETIME = Duration.ofDays(100);

    private final Tokens tokens = new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), LIFETIME, Clock.systemUTC());

    /** The number of nodes. Nodes that have ended count too. */
    public abstract int count();

    /** The port of a node. */
    public abstract int port(int node);

    /** Everything that a node printed or logged so far. */
    public abstract String output(int node);

    /** The address of a node; numbers beyond the last begin anew. */
    public String url(int node) {
        return "http://127.0.0.1:" + port(Math.floorMod(node, count()));
    }

    /** A token that each of the nodes takes. */
    public String token(String user) {
        return tokens.issue(UserId.of(user)).token();
    }

    /** A token that each of the nodes takes for so long, and renews. */
    String tokenFor(String user, Duration lifetime) {
        return new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), lifetime, Clock.systemUTC())
                .issue(UserId.of(user))
                .token();
    }

    /** A token that was good once. */
    String expiredToken(String user) {
        Clock then = Clock.offset(Clock.systemUTC(), LIFETIME.plusSeconds(1).negated());
        return new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), LIFETIME, then)
                .issue(UserId.of(user))
                .token();
    }

    /** Requests to a node with this token. */
    Rest restWith(int node, String token) {
        return new Rest(port(node), token);
    }

    /** Whether all backends of a node take writes. */
    public boolean isReady(int node) throws Exception {
        return restWith(node, "").get("/health/ready").statusCode() == 200;
    }

    /** A user's requests to a node. */
    Rest rest(int node, String user) {
        return restWith(node, token(user));
    }

    @Override
    public abstract void close();
}
