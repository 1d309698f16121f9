package io.webchat.examples.server;

import io.webchat.core.Chat;
import io.webchat.socketio.SocketIoServer;
import io.webchat.socketio.http.StaticFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One node: the chat, its transport and its backends, started together and closed in order. */
final class RunningServer implements Running {
    private final String host;
    private final Chat chat;
    private final SocketIoServer server;
    private final Backends backends;

    private RunningServer(String host, Chat chat, SocketIoServer server, Backends backends) {
        this.host = host;
        this.chat = chat;
        this.server = server;
        this.backends = backends;
    }

    /**
     * Starts as the options say.
     *
     * @throws IllegalArgumentException when an option is out of range
     * @throws java.io.UncheckedIOException when a backend or the port cannot be used, with one sentence that says why
     */
    static RunningServer start(ServerOptions options) {
        return start(options, options.listen.port, SharedParts.of(options.access), Backends.open(options.storage));
    }

    /**
     * Starts one node of possibly several. The backends are closed with the node, also where this throws as {@link
     * #start(ServerOptions)} does.
     */
    static RunningServer start(ServerOptions options, int port, SharedParts shared, Backends backends) {
        Chat chat = null;
        try {
            chat = chat(options, backends);
            return new RunningServer(options.listen.host, chat, listen(options, port, shared, chat), backends);
        } catch (RuntimeException e) {
            if (chat != null) {
                chat.close(Duration.ZERO);
            }
            backends.close();
            throw e;
        }
    }

    private static Chat chat(ServerOptions options, Backends backends) {
        Chat.Builder chat = Chat.builder().config(options.limits.chat());
        backends.addTo(chat, options.limits.queue());
        return chat.build();
    }

    private static SocketIoServer listen(ServerOptions options, int port, SharedParts shared, Chat chat) {
        ListenOptions listen = options.listen;
        return SocketIoServer.builder(chat)
                .host(listen.host)
                .port(port)
                .authenticator(shared.tokens())
                .legacyJoin(options.access.legacyJoin)
                .allowedOrigins(listen.origins())
                .pingInterval(listen.pingInterval())
                .pingTimeout(listen.pingTimeout())
                .route("POST", "/v1/login", shared.signIn())
                .route("GET", "/", new WebPage(StaticFiles.classpath("/", "web")))
                .start();
    }

    /** The beginning of a greeting: where this node is. */
    String location() {
        String name = host.equals("0.0.0.0") ? "localhost" : host;
        return "webchat listens on http://" + name + ":" + server.port() + "/";
    }

    @Override
    public List<String> greeting() {
        List<String> lines = new ArrayList<>();
        lines.add(location() + " - open it in two browser windows");
        lines.addAll(backends.greeting());
        lines.add("Ctrl-C stops the server.");
        return lines;
    }

    @Override
    public void close(Duration grace) {
        server.close(grace);
        chat.close(grace);
        backends.close();
    }
}
