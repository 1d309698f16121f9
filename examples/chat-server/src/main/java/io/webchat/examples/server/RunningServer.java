package io.webchat.examples.server;

import io.webchat.core.Chat;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.accounts.UserLookUps;
import io.webchat.examples.server.backends.Backends;
import io.webchat.examples.server.backends.FreshStart;
import io.webchat.examples.server.backends.Opened;
import io.webchat.examples.server.http.Metrics;
import io.webchat.examples.server.http.MetricsAddress;
import io.webchat.examples.server.http.PasswordEndpoint;
import io.webchat.examples.server.http.SignIn;
import io.webchat.examples.server.http.TokenEndpoint;
import io.webchat.examples.server.http.Tokens;
import io.webchat.examples.server.http.UserEndpoint;
import io.webchat.examples.server.options.MetricsOptions;
import io.webchat.examples.server.options.ServerOptions;
import io.webchat.examples.server.page.WebPage;
import io.webchat.socketio.SocketIoServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** One node: the chat, its transport and its backends, started together and closed in order. */
final class RunningServer implements Running {
    private final String address;
    private final SocketIoServer server;
    private final Chat chat;
    private final Notifiers notifiers;
    private final Backends backends;
    private final Opened opened;

    private RunningServer(
            String address, SocketIoServer server, Chat chat, Notifiers notifiers, Backends backends, Opened opened) {
        this.notifiers = notifiers;
        this.address = address;
        this.server = server;
        this.chat = chat;
        this.backends = backends;
        this.opened = opened;
    }

    /**
     * Starts as the options say.
     *
     * @throws IllegalArgumentException when an option is out of range
     * @throws java.io.UncheckedIOException when a backend or a port cannot be used, with one sentence that says why
     */
    static RunningServer start(ServerOptions options) {
        Backends backends = options.storage().open(options.attachments());
        return start(
                options, options.listen().port(), Tokens.of(options.access().secret()), backends, backends::pushKey);
    }

    /**
     * Starts one node of possibly several. The backends are closed with the node, also if this throws as {@link
     * #start(ServerOptions)} does.
     *
     * @param pushKey takes a fresh key of pushes, and gives the one that is kept
     */
    static RunningServer start(
            ServerOptions options, int port, Tokens tokens, Backends backends, UnaryOperator<String> pushKey) {
        Opened opened = new Opened();
        opened.add(backends);
        try {
            Metrics metrics = opened.add(new Metrics());
            Chat.Builder building =
                    Chat.builder().config(options.limits().chat()).observer(metrics.observer());
            QueueRemoval queues = backends.addTo(building, options.limits().queue());
            Notifiers notifiers = Notifiers.open(options, backends, pushKey, metrics, opened);
            notifiers.addTo(building);
            Chat chat = building.build();
            opened.add(() -> chat.close(Duration.ZERO));
            AccountStore store = backends.accounts(AccountPart.ACCOUNT);
            FreshStart freshStart = new FreshStart(chat, queues);
            Accounts accounts = opened.add(
                    new Accounts(store, user -> freshStart.of(user).thenCompose(begun -> notifiers.forget(user))));
            SocketIoServer.Builder server = listening(options, chat)
                    .port(port)
                    .authenticator(tokens)
                    .readiness(backends::ready)
                    .route("POST", "/v1/login", new SignIn(accounts, tokens))
                    .route("POST", "/v1/token", new TokenEndpoint(accounts, tokens))
                    .route("POST", "/v1/password", new PasswordEndpoint(accounts, tokens, notifiers::forget));
            notifiers.addTo(server, accounts, tokens);
            if (!options.access().legacyJoin()) {
                // Otherwise users need no account, so that accounts do not tell who there is.
                server.route("GET", UserEndpoint.PATH, new UserEndpoint(new UserLookUps(store), tokens));
            }
            show(metrics, options.metrics(), server, opened);
            SocketIoServer started = server.start();
            return new RunningServer(address(options, started.port()), started, chat, notifiers, backends, opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static SocketIoServer.Builder listening(ServerOptions options, Chat chat) {
        return SocketIoServer.builder(chat)
                .host(options.listen().host())
                .allowedOrigins(options.listen().origins())
                .allowedHosts(options.proxy().allowedHosts())
                .trustedProxies(options.proxy().trustedProxies())
                .basePath(options.proxy().basePath())
                .keepAliveTimeout(options.proxy().keepAlive())
                .pingInterval(options.listen().pingInterval())
                .pingTimeout(options.listen().pingTimeout())
                .legacyJoin(options.access().legacyJoin())
                .route("GET", "/", new WebPage());
    }

    private static void show(Metrics metrics, MetricsOptions options, SocketIoServer.Builder server, Opened opened) {
        InetSocketAddress own = options.address();
        if (own != null) {
            opened.add(MetricsAddress.start(own, metrics::scrape));
        } else if (options.beside()) {
            server.metrics(metrics::scrape);
        }
    }

    private static String address(ServerOptions options, int port) {
        String name = options.listen().host();
        if (new InetSocketAddress(name, port).getAddress().isAnyLocalAddress()) {
            name = "localhost";
        } else if (name.contains(":") && !name.startsWith("[")) {
            name = '[' + name + ']';
        }
        String path = options.proxy().basePath();
        return "http://" + name + ":" + port + path + (path.endsWith("/") ? "" : "/");
    }

    /** The beginning of a greeting: the address of this node. */
    String location() {
        return "webchat listens on " + address;
    }

    @Override
    public List<String> greeting() {
        List<String> lines = new ArrayList<>();
        lines.add(location() + " - open it in a browser window, and as somebody else in a private window");
        lines.addAll(backends.greeting());
        lines.add("Ctrl-C stops the server.");
        return lines;
    }

    @Override
    public CompletionStage<Void> lost() {
        return backends.lost();
    }

    @Override
    public void close(Duration grace) {
        long begun = System.nanoTime();
        server.close(grace);
        chat.close(left(grace, begun));
        // Behind the chat, of whose last events they tell.
        notifiers.close(left(grace, begun));
        opened.close();
    }

    private static Duration left(Duration grace, long begun) {
        Duration left = grace.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
