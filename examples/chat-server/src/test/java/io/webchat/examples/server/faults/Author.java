package io.webchat.examples.server.faults;

import io.socket.client.Ack;
import io.webchat.examples.server.Link;
import io.webchat.examples.server.Nodes;
import io.webchat.examples.server.history.Kind;
import io.webchat.examples.server.history.Recorder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered messages to readers in turn, at a steady pace; every other author one after the other, as whoever
 * wants their order through failures, the rest a few unanswered at a time. What is refused or not answered goes
 * again, in order and under the same ids, over another connection, which says what receipts it has; now and then also
 * what was answered. Some messages carry a file; a message whose file another one has got is given up.
 */
final class Author implements Link.Listener, AutoCloseable {
    private static final int UNDER_WAY = 8;
    private static final long PACE_MILLIS = 25;
    private static final int ANSWERS_BEFORE_A_REPETITION = 50;
    /** Longer than a node needs to refuse: each of the steps of a send has 5 s. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** A change that was refused goes again after so long. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-authors");
        thread.setDaemon(true);
        return thread;
    });

    private record Message(
            String id, String to, String text, @Nullable UploadedFile file) {}

    private final String user;
    private final List<String> readers;
    private final Random random;
    private final Recorder recorder;
    private final Deque<Message> underWay = new ArrayDeque<>();
    private final int atOnce;
    private final Link link;
    private final Changes changes;
    private final AuthorFiles files;
    private final ScheduledFuture<?> pace;
    private int count;
    private int connection;
    private int acknowledged;
    private long has;
    private boolean connected;
    private long progress;
    private boolean stopped;

    Author(
            Nodes nodes,
            String user,
            int node,
            List<String> readers,
            FileRequests requests,
            Recorder recorder,
            Random random) {
        this.user = user;
        this.readers = readers;
        this.random = random;
        this.recorder = recorder;
        this.atOnce = node % 2 == 0 ? 1 : UNDER_WAY;
        this.changes = new Changes(user, recorder, random, this::emitChange);
        this.files = new AuthorFiles(requests, user, recorder, new Random(random.nextLong()));
        this.link = new Link(nodes, user, "default", node, this);
        this.pace = TIMER.scheduleAtFixedRate(this::tick, PACE_MILLIS, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void connected() {
        connection++;
        connected = true;
        progress = System.nanoTime();
        recorder.connected(user, node());
        underWay.forEach(this::emit);
        changes.again();
    }

    private boolean emitChange(JSONObject event, Ack answer) {
        return link.emit(event, args -> {
            synchronized (this) {
                answer.call(args);
            }
        });
    }

    private String node() {
        return Fault.Part.NODE.name(link.node());
    }

    private synchronized void tick() {
        if (!connected || !link.isConnected()) {
            return;
        }
        if (!underWay.isEmpty() && System.nanoTime() - progress > PATIENCE_NANOS) {
            Message first = underWay.peekFirst();
            recorder.unanswered(user, first.to(), first.id(), node());
            moveOn();
        } else if (!stopped && underWay.size() < atOnce) {
            sendTo(readers.get(count % readers.size()));
        } else if (underWay.isEmpty() && System.nanoTime() - progress > AGAIN_NANOS) {
            progress = System.nanoTime();
            changes.again();
        }
    }

    private void sendTo(String reader) {
        String id = user + "-" + count++;
        if (underWay.isEmpty()) {
            progress = System.nanoTime();
        }
        UploadedFile file = stopped ? null : files.take(id, reader).orElse(null);
        Message next = new Message(id, reader, "text of " + id, file);
        underWay.add(next);
        emit(next);
    }

    private void emit(Message message) {
        JSONObject event = new JSONObject()
                .put("EvtType", "message")
                .put("To", message.to())
                .put("MsgID", message.id())
                .put("Text", message.text());
        if (message.file() != null) {
            event.put("Attachments", AuthorFiles.named(message.file()));
        }
        int asked = connection;
        recorder.sent(user, message.to(), message.id(), message.text());
        link.emit(event, args -> answered(message, asked, (JSONObject) args[0]));
    }

    private synchronized void answered(Message message, int asked, JSONObject answer) {
        progress = System.nanoTime();
        if (answer.optBoolean("ok")) {
            recorder.acked(user, message.to(), message.id(), answer.getLong("StoredAt"));
            if (underWay.remove(message)) {
                acknowledged++;
                if (!stopped) {
                    changes.onAcknowledged(message.id(), message.to(), message.file());
                }
            }
            if (asked == connection && !stopped && random.nextInt(ANSWERS_BEFORE_A_REPETITION) == 0) {
                emit(message);
            }
        } else if (answer.optString("Code").equals("bad_request") && files.hasRival(message.id())) {
            recorder.outdone(user, message.to(), message.id());
            underWay.remove(message);
        } else {
            recorder.refused(user, message.to(), message.id(), answer.optString("Code"));
            if (asked == connection && underWay.contains(message)) {
                moveOn();
            }
        }
    }

    /** What was asked on this connection is asked again on the next, so that the order stays. */
    private void moveOn() {
        connection++;
        connected = false;
        link.moveOn();
    }

    @Override
    public synchronized void received(JSONObject event, Ack confirm) {
        switch (event.optString("EvtType")) {
            case "delivery" -> receipt(Kind.DELIVERED, event);
            case "display" -> receipt(Kind.DISPLAYED, event);
            case "gap" -> recorder.gap(user, event.optLong("Seq"));
            default -> confirm.call();
        }
    }

    private void receipt(Kind kind, JSONObject event) {
        long seq = event.getLong("Seq");
        recorder.receipt(user, kind, event.getString("From"), event.getString("MsgID"), seq);
        has = Math.max(has, seq);
        link.has(has);
    }

    /** Sends one more to each reader, and nothing after that. */
    synchronized void stop() {
        stopped = true;
        readers.forEach(this::sendTo);
    }

    synchronized boolean idle() {
        return underWay.isEmpty() && changes.idle() && files.idle();
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        pace.cancel(false);
        files.close();
        link.close();
    }
}
