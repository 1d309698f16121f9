package io.webchat.examples.server.faults;

import io.socket.client.Ack;
import io.webchat.examples.server.Link;
import io.webchat.examples.server.Nodes;
import io.webchat.examples.server.history.Recorder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * One device of a user who confirms most messages at once, displays some, reads some files, and now and then goes to
 * another node instead of confirming a message. When it comes back it says what it has.
 */
final class Reader implements Link.Listener, AutoCloseable {
    private static final int MESSAGES_BEFORE_A_LOSS = 200;
    private static final int MESSAGES_BEFORE_A_DISPLAY = 5;
    private static final int FILES_BEFORE_A_READ = 3;

    private final Nodes nodes;
    private final String user;
    private final String device;
    private final FileRequests files;
    private final Recorder recorder;
    private final Random random;
    /** The messages that it has, by their ids. */
    private final Map<String, ShownMessage> shown = new HashMap<>();

    private int node;
    private boolean careful;
    private long has;
    private @Nullable Link link;

    Reader(Nodes nodes, String user, String device, int node, FileRequests files, Recorder recorder, Random random) {
        this.nodes = nodes;
        this.user = user;
        this.device = device;
        this.node = node;
        this.files = files;
        this.recorder = recorder;
        this.random = random;
    }

    private String client() {
        return user + "/" + device;
    }

    /** Connects, if it is not connected. */
    synchronized void wake() {
        if (link == null) {
            link = new Link(nodes, user, device, node, has, this);
        }
    }

    /** Leaves, and stays away. */
    synchronized void sleep() {
        Link current = link;
        link = null;
        if (current != null) {
            node = current.node() + 1;
            current.close();
        }
    }

    synchronized boolean isConnected() {
        return link != null && link.isConnected();
    }

    @Override
    public synchronized void connected() {
        Link current = link;
        if (current != null) {
            recorder.connected(client(), Fault.Part.NODE.name(current.node()));
        }
    }

    @Override
    public synchronized void received(JSONObject event, Ack confirm) {
        Link current = link;
        if (current == null) {
            return;
        }
        switch (event.optString("EvtType")) {
            case "message" -> message(current, event, confirm);
            case "edit", "delete", "react" -> changed(current, event, confirm);
            case "gap" -> recorder.gap(client(), event.optLong("Seq"));
            default -> confirm.call();
        }
    }

    private void message(Link current, JSONObject event, Ack confirm) {
        String from = event.getString("From");
        String id = event.getString("MsgID");
        long seq = event.getLong("Seq");
        recorder.received(client(), from, id, seq, event.getLong("StoredAt"), event.getString("Text"));
        shown.computeIfAbsent(id, any -> new ShownMessage()).onMessage(event);
        readSome(from, id, event.optJSONArray("Attachments"));
        if (!careful && random.nextInt(MESSAGES_BEFORE_A_LOSS) == 0) {
            current.moveOn();
            return;
        }
        recorder.confirmed(client(), from, id, seq);
        confirm.call();
        has = Math.max(has, seq);
        current.has(has);
        if (random.nextInt(MESSAGES_BEFORE_A_DISPLAY) == 0) {
            recorder.seen(client(), from, id);
            current.emit(
                    new JSONObject().put("EvtType", "display").put("To", from).put("MsgID", id), args -> {});
        }
    }

    private void readSome(String from, String id, @Nullable JSONArray attachments) {
        if (attachments != null && random.nextInt(FILES_BEFORE_A_READ) == 0) {
            String file = attachments.getJSONObject(0).getString("id");
            files.readLater(random.nextInt(nodes.count()), user, new FileOfMessage(from, user, id, file));
        }
    }

    private void changed(Link current, JSONObject event, Ack confirm) {
        String id = event.getJSONObject("About").getString("MsgID");
        long seq = event.getLong("Seq");
        long at = ShownMessage.loggedAt(event);
        recorder.changed(client(), event.getString("From"), id, seq, at, ShownMessage.inWords(event));
        ShownMessage message = shown.get(id);
        if (message != null) {
            message.onChange(event);
        }
        confirm.call();
        has = Math.max(has, seq);
        current.has(has);
    }

    /** What this device shows of a message; empty if it does not have it. */
    synchronized Optional<String> state(String id) {
        return Optional.ofNullable(shown.get(id)).map(ShownMessage::state);
    }

    String user() {
        return user;
    }

    /** Records what this device shows of a message, if it has it. */
    void recordState(String from, String id) {
        state(id).ifPresent(state -> recorder.state(client(), from, id, state));
    }

    /** From now on every message is confirmed. */
    synchronized void careful() {
        careful = true;
    }

    @Override
    public void close() {
        sleep();
    }
}
