package io.webchat.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A chat of several nodes says which of its parts each node has for itself. */
final class LocalPartsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(LocalParts.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private List<String> linesOf(Chat.Builder builder) {
        builder.build().close();
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aRouterAloneGivesALineForEachPartInMemory() {
        assertThat(linesOf(Chat.builder().router(new MemoryChatRouter())))
                .satisfiesExactly(
                        line -> assertThat(line).contains("queues", "offlineQueue(...)"),
                        line -> assertThat(line).contains("message history", "localCallLog(...)"),
                        line -> assertThat(line).contains("rooms(...)"),
                        line -> assertThat(line).contains("profiles(...)"));
    }

    @Test
    void partsThatTheHostSetsAreNotNamedNorIsALocalCallLog() {
        assertThat(linesOf(Chat.builder()
                        .router(new MemoryChatRouter())
                        .offlineQueue(MemoryOfflineQueue.create())
                        .localCallLog(MemoryCallLogStore.create())
                        .rooms(MemoryRoomStore.create())))
                .singleElement()
                .asString()
                .contains("profiles and blocks");
        assertThat(linesOf(Chat.builder()
                        .router(new MemoryChatRouter())
                        .callLog(MemoryCallLogStore.create())
                        .profiles(MemoryProfileStore.create())))
                .hasSize(3);
    }

    @Test
    void aChatOfOneNodeSaysNothing() {
        assertThat(linesOf(Chat.builder())).isEmpty();
    }
}
