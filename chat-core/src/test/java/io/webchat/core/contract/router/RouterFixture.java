package io.webchat.core.contract.router;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.util.List;
import java.util.stream.IntStream;

/** A router on two nodes, and numbered events for bob. */
final class RouterFixture extends ContractFixture {
    /** Makes the fixtures of this suite. */
    static final class Extension extends FixtureExtension<ChatRouterContract> {
        Extension() {
            super(ChatRouterContract.class, RouterFixture.class, RouterFixture::new);
        }
    }

    private final ContractBackend<ChatRouter> backend;
    final ChatRouter node;
    final ChatRouter other;

    RouterFixture(ChatRouterContract suite) {
        backend = suite.chatRouters();
        node = backend.node();
        other = backend.node();
    }

    /** One of the two nodes, in turn. */
    ChatRouter node(int i) {
        return i % 2 == 0 ? node : other;
    }

    /** The event with this number. */
    Envelope event(int number) {
        return Envelope.stored(number, 1_700_000_000_000L + number, ChatEvent.message(alice, bob, "text " + number));
    }

    List<Envelope> events(int howMany) {
        return IntStream.rangeClosed(1, howMany).mapToObj(this::event).toList();
    }

    Subscription subscribe(ChatRouter router, UserId user, RouterListener listener) {
        return StageResults.await(router.subscribe(user, listener));
    }

    /** A subscription of bob's on the first node. */
    RecordingListener subscribed() {
        RecordingListener heard = new RecordingListener();
        subscribe(node, bob, heard);
        return heard;
    }

    int publish(Envelope envelope) {
        return StageResults.await(node.publish(bob, envelope));
    }

    void interruptSubscriptions() {
        backend.interruptSubscriptions();
    }

    @Override
    public void close() {
        backend.close();
    }
}
