package io.webchat.socketio.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.CloseReason;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session that ends before its client is told that it is connected ends for the client, too. */
class ChatEventEmitterTest {
    private final List<String> calls = new ArrayList<>();
    private final ChatEventEmitter emitter = new ChatEventEmitter(new RecordedConnection());

    /** Writes the calls down. */
    private final class RecordedConnection implements SocketIoConnection {
        @Override
        public void emit(String event, byte[] json, long ackId) {
            calls.add("emit");
        }

        @Override
        public void ack(long ackId, byte[] json) {
            calls.add("ack");
        }

        @Override
        public void authenticated() {
            calls.add("authenticated");
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void disconnect() {
            calls.add("disconnect");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @ParameterizedTest
    @CsvSource({"DISCONNECTED, disconnect", "EXPIRED, disconnect", "REPLACED, disconnect", "DRAINING, close"})
    void G16_anEarlyEndWaitsUntilTheClientIsConnected(CloseReason reason, String call) {
        emitter.close(reason);
        assertThat(calls).isEmpty();

        emitter.open();

        assertThat(calls).containsExactly(call);
    }

    @Test
    void aLaterEndIsImmediate() {
        emitter.open();

        emitter.close(CloseReason.DISCONNECTED);

        assertThat(calls).containsExactly("disconnect");
    }
}
