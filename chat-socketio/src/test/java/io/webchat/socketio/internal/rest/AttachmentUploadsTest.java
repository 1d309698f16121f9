package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.socketio.http.BodySink;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.StreamingHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slow clients cannot hold all uploads of a node: the pace of each grows when more than half are under way. */
class AttachmentUploadsTest {
    private final Chat chat = Chat.builder()
            .config(ChatConfig.builder().messagesPerSecond(0).build())
            .attachments(MemoryAttachmentStore.create(
                    new AttachmentLimits(1_000, 1 << 20, Duration.ofDays(1)), Clock.systemUTC()))
            .build();
    private final AttachmentUploads uploads = new AttachmentUploads(chat.attachments());

    @AfterEach
    void close() {
        chat.close(Duration.ZERO);
    }

    private BodySink begin(String user) throws Exception {
        HttpRequest request = new HttpRequest(
                "POST",
                AttachmentUploads.PATH,
                Map.of(),
                Map.of(),
                new byte[0],
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        return uploads.begin(UserId.of(user), request, OptionalLong.of(1))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void G13_thePaceGrowsWhileMoreThanHalfOfTheUploadsAreUnderWay() throws Exception {
        List<BodySink> begun = new ArrayList<>();
        for (int i = 0; i < AttachmentUploads.MAX_UPLOADS / 2; i++) {
            begun.add(begin("u" + i / 4));
        }
        assertThat(uploads.bytesPerSecond()).isEqualTo(StreamingHandler.BYTES_PER_SECOND);

        BodySink more = begin("another");
        assertThat(uploads.bytesPerSecond()).isEqualTo(AttachmentUploads.CROWDED_PACE);

        more.finish().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(uploads.bytesPerSecond()).isEqualTo(StreamingHandler.BYTES_PER_SECOND);
        begun.forEach(BodySink::abort);
    }
}
