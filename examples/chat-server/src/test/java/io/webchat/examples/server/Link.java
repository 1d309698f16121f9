package io.webchat.examples.server;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** A user's connection to one node or another: when it is lost, it is made anew to the next one. */
public final class Link implements AutoCloseable {
    /** Hears what happens; one call at a time for one link. */
    public interface Listener {
        /** A connection stands. */
        void connected();

        /** The server emitted an event; where it asks for no confirmation, {@code confirm} does nothing. */
        void received(JSONObject event, Ack confirm);
    }

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-reconnect");
        thread.setDaemon(true);
        return thread;
    });
    private static final OkHttpClient HTTP = client();
    private static final Ack NOTHING = args -> {};

    private final Nodes nodes;
    private final String user;
    private final String device;
    private final Listener listener;
    private final boolean ordered;
    private long after;
    private int node;
    private boolean closed;
    private boolean waiting;
    private @Nullable Socket socket;

    /** Of the user's default device, first to this node. */
    Link(Nodes nodes, String user, int node, Listener listener) {
        this(nodes, user, "default", node, listener);
    }

    /** Of one of the user's devices, first to this node. */
    public Link(Nodes nodes, String user, String device, int node, Listener listener) {
        this(nodes, user, device, node, 0, listener);
    }

    /** The same, of a device that has everything up to this {@code Seq}; 0 where it says nothing of that. */
    public Link(Nodes nodes, String user, String device, int node, long after, Listener listener) {
        this(nodes, user, device, node, after, false, listener);
    }

    private Link(Nodes nodes, String user, String device, int node, long after, boolean ordered, Listener listener) {
        this.after = after;
        this.ordered = ordered;
        this.nodes = nodes;
        this.user = user;
        this.device = device;
        this.node = node;
        this.listener = listener;
        connect();
    }

    /** Of the user's default device; its messages keep their order when one is refused. */
    static Link ordered(Nodes nodes, String user, int node, Listener listener) {
        return new Link(nodes, user, "default", node, 0, true, listener);
    }

    /** One for all: the default is a pool of threads for each socket. */
    private static OkHttpClient client() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(10_000);
        dispatcher.setMaxRequestsPerHost(10_000);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .readTimeout(60, TimeUnit.SECONDS)
                .build();
    }

    /** From the next connection on it says that it has everything up to this {@code Seq}. */
    public synchronized void has(long seq) {
        after = seq;
    }

    private Map<String, String> auth() {
        Map<String, String> auth =
                new HashMap<>(Map.of("token", nodes.token(user), "device", device, "features", "amend"));
        if (after > 0) {
            auth.put("after", Long.toString(after));
        }
        if (ordered) {
            auth.put("ordered", "true");
        }
        return auth;
    }

    private synchronized void connect() {
        waiting = false;
        if (closed) {
            return;
        }
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(new String[] {"websocket"})
                .setAuth(auth())
                .build();
        options.webSocketFactory = HTTP;
        options.callFactory = HTTP;
        Socket made = IO.socket(URI.create(nodes.url(node)), options);
        made.on(Socket.EVENT_CONNECT, args -> {
            if (isCurrent(made)) {
                listener.connected();
            }
        });
        made.on("chat", args -> {
            if (isCurrent(made)) {
                listener.received(
                        (JSONObject) args[0], args[args.length - 1] instanceof Ack confirm ? confirm : NOTHING);
            }
        });
        made.on(Socket.EVENT_DISCONNECT, args -> lost(made));
        made.on(Socket.EVENT_CONNECT_ERROR, args -> lost(made));
        socket = made;
        made.connect();
    }

    private synchronized boolean isCurrent(Socket one) {
        return socket == one;
    }

    private synchronized void lost(Socket gone) {
        if (isCurrent(gone)) {
            moveOn();
        }
    }

    /** Leaves this node for the next. */
    public synchronized void moveOn() {
        Socket old = socket;
        socket = null;
        if (old != null) {
            old.close();
        }
        if (!waiting && !closed) {
            waiting = true;
            node++;
            ScheduledFuture<?> unused =
                    TIMER.schedule(this::connect, ThreadLocalRandom.current().nextLong(50, 150), TimeUnit.MILLISECONDS);
        }
    }

    /** The number of the node that it is connected to, or is about to. */
    public synchronized int node() {
        return Math.floorMod(node, nodes.count());
    }

    /** Whether a connection stands. */
    public synchronized boolean isConnected() {
        return socket != null && socket.connected();
    }

    /**
     * Emits to the node; false, and nothing is emitted, where no connection stands: the library would keep it, and send
     * it before what {@link Listener#connected()} sends again.
     */
    public synchronized boolean emit(JSONObject event, Ack answer) {
        if (socket == null || !socket.connected()) {
            return false;
        }
        socket.emit("chat", new Object[] {event}, answer);
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        moveOn();
    }
}
