package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without a server the page opens, shows what the browser keeps, and sends later what is written meanwhile. */
@Tag("browser")
@Tag("process")
@Tag("full")
@ExtendWith(BrowserTests.class)
class OfflinePageTest {
    /** A test that failed may have left one dead. */
    @BeforeEach
    void restart(People people) throws Exception {
        people.processes().restartTheDead();
    }

    @Test
    void G1_G2_G3_theHistoryIsThereAndWhatIsWrittenIsDeliveredOnce(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        ann.writes("a question");
        bob.writes("an answer");
        ann.sees("an answer");
        new KeptFiles(ann.page()).awaitWhole();

        people.processes().get(0).kill();
        ann.expects(Console.Noise.UNREACHABLE);
        ann.reloads();
        ann.chat().showsInOrder(List.of("a question", "an answer"));
        ann.seesTheBanner("Reconnecting");
        ann.writes("from the train");
        ann.chat().marks("from the train", "Waiting to be sent");
        ann.reloads();
        ann.writes("from the tunnel");
        ann.chat().marks("from the tunnel", "Waiting to be sent");

        people.processes().restart(0);
        List<String> all = List.of("a question", "an answer", "from the train", "from the tunnel");
        bob.sees("from the tunnel");
        ann.chat().marks("from the tunnel", "Seen");
        bob.chat().showsInOrder(all);
        ann.chat().showsInOrder(all);
        ann.reloads();
        ann.chat().showsInOrder(all);
        assertThat(bob.chat().message("from the train")).hasCount(1);
    }
}
