package io.webchat.examples.server;

import io.socket.client.Ack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.json.JSONObject;

/**
 * A user who sends numbered messages to receivers in turn, a few at a time, and sends again, in order and under the
 * same ids, what was not acknowledged: as a careful client does.
 */
final class Sender implements Link.Listener, AutoCloseable {
    private static final int UNDER_WAY = 8;

    /** One message, and what the test wants to know of it. */
    record Sent(String id, String from, String to, int number) {}

    private final String user;
    private final List<String> receivers;
    private final Link link;
    private final List<Sent> acknowledged = new ArrayList<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private int count;
    private int connection;
    private boolean stopped;

    Sender(Nodes nodes, String user, int node, List<String> receivers) {
        this.user = user;
        this.receivers = receivers;
        this.link = Link.ordered(nodes, user, node, this);
    }

    @Override
    public synchronized void connected() {
        connection++;
        underWay.forEach(this::emit);
        refill();
    }

    private void refill() {
        while (!stopped && underWay.size() < UNDER_WAY) {
            int number = count++;
            Sent next = new Sent(user + "-" + number, user, receivers.get(number % receivers.size()), number);
            underWay.add(next);
            emit(next);
        }
    }

    private void emit(Sent message) {
        JSONObject event = new JSONObject()
                .put("EvtType", "message")
                .put("To", message.to())
                .put("MsgID", message.id())
                .put("Text", message.from() + " " + message.number());
        int asked = connection;
        link.emit(event, args -> answered(message, asked, (JSONObject) args[0]));
    }

    private synchronized void answered(Sent message, int asked, JSONObject answer) {
        if (answer.optBoolean("ok")) {
            if (underWay.remove(message)) {
                acknowledged.add(message);
            }
            refill();
        } else if (asked == connection) {
            refusals.add(answer.optString("Code"));
            // The rest follows behind this one, elsewhere. What was asked on this connection is asked again there.
            connection++;
            link.moveOn();
        }
    }

    @Override
    public void received(JSONObject event, Ack confirm) {
        if (event.optString("EvtType").equals("delivery")) {
            delivered.add(event.optString("MsgID"));
        }
        confirm.call();
    }

    /** Sends nothing new from now on. */
    synchronized void stop() {
        stopped = true;
    }

    synchronized boolean idle() {
        return underWay.isEmpty();
    }

    synchronized List<Sent> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** The ids of messages whose delivery receipts came. */
    Set<String> delivered() {
        return Set.copyOf(delivered);
    }

    /** The codes of what the nodes refused. */
    Set<String> refusals() {
        return Set.copyOf(refusals);
    }

    @Override
    public void close() {
        link.close();
    }
}
