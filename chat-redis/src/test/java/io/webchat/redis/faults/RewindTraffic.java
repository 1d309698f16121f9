package io.webchat.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Pairs over two nodes, a room with members on both, and a reader who is away while the server goes back. */
final class RewindTraffic implements AutoCloseable {
    private static final RoomId ROOM = RoomId.of("den");

    private final Chat two;
    private final ChatTraffic pairs;
    private final ReceivingUser away;
    private final SendingUser toAway;
    private final List<ReceivingUser> members;
    private final SendingUser toRoom;

    /** Starts the traffic, with this number of pairs. */
    RewindTraffic(Chat one, Chat two, int pairs) {
        this.two = two;
        this.pairs = new ChatTraffic(one, two, pairs);
        away = new ReceivingUser(UserId.of("away"), two);
        toAway = new SendingUser(UserId.of("patient"), away.user(), one);
        UserId speaker = UserId.of("speaker");
        members = List.of(new ReceivingUser(UserId.of("near"), one), new ReceivingUser(UserId.of("far"), two));
        one.rooms()
                .create(
                        speaker,
                        ROOM,
                        "the den",
                        false,
                        members.stream().map(ReceivingUser::user).toList())
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        toRoom = new SendingUser(
                speaker,
                id -> ChatEvent.Message.from(speaker)
                        .in(ROOM)
                        .id(id.value())
                        .timestamp(1)
                        .text("text of " + id)
                        .build(),
                one);
        toAway.start();
        toRoom.start();
        flows(10);
        away.close();
    }

    /** Waits until this number of further messages of every author is acknowledged. */
    void flows(int messages) {
        int patient = toAway.acknowledged();
        int speaker = toRoom.acknowledged();
        pairs.flows(messages);
        ChatTraffic.await(() -> {
            assertThat(toAway.acknowledged()).isGreaterThanOrEqualTo(patient + messages);
            assertThat(toRoom.acknowledged()).isGreaterThanOrEqualTo(speaker + messages);
        });
    }

    /** Stops the authors. Every reader then has seen all acknowledged messages once and in order, and was told. */
    void assertNothingLostAndEveryoneTold() {
        pairs.assertNothingLost();
        toAway.stop();
        toRoom.stop();
        away.comeBack(two);
        ChatTraffic.assertReceived(toAway.sent(), away);
        members.forEach(each -> ChatTraffic.assertReceived(toRoom.sent(), each));
        Stream.of(pairs.readers(), members, List.of(away))
                .flatMap(List::stream)
                .forEach(each -> assertThat(each.gaps())
                        .as("gaps told to " + each.user())
                        .isPositive());
    }

    @Override
    public void close() {
        toAway.stop();
        toRoom.stop();
        away.close();
        members.forEach(ReceivingUser::close);
        pairs.close();
    }
}
