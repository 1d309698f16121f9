package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that refuses its storage, or has nonsense in it, shows a chat that works and says what it cannot keep. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class BlockedStoragePageTest {
    private static final String REFUSED =
            "const refuse = () => { throw new DOMException('denied', 'SecurityError'); };";
    private static final String NO_TEXTS = REFUSED + """
        Object.defineProperty(window, 'localStorage', { get: refuse });
        Object.defineProperty(window, 'sessionStorage', { get: refuse });
        """;
    private static final String NO_DATABASE = REFUSED + "IDBFactory.prototype.open = refuse;";
    private static final String REFUSE = NO_TEXTS + """
        IDBFactory.prototype.open = refuse;
        window.BroadcastChannel = function () { refuse(); };
        LockManager.prototype.request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
        """;

    @Test
    void aBrowserThatRefusesItsStorageRunsInMemoryAndSaysSo(People people) {
        Person bob = people.signedIn("bob", 1);
        Person ann = people.somebody("ann");
        ann.page().addInitScript(REFUSE);
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.seesTheBanner("This browser keeps nothing");
        Axe.check(ann, "a browser that keeps nothing");
        ann.startsConversationWith(bob);
        ann.writes("from memory");
        bob.list().shows(ann.user(), "from memory");
        bob.opensConversationWith(ann);
        bob.writes("got it");
        ann.sees("got it");
        ann.chat().marks("from memory", "Seen");
        ann.button("Understood").click();
        assertThat(ann.page().getByText("This browser keeps nothing")).isHidden();
        ann.reloads();
        ann.seesTheSignInPage();
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_TEXTS, NO_DATABASE})
    void aBrowserThatRefusesOneOfThemRunsInMemoryAndSaysSo(String script, People people) {
        Person bob = people.signedIn("bob", 1);
        Person ann = people.somebody("ann");
        ann.page().addInitScript(script);
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.seesTheBanner("This browser keeps nothing");
        ann.startsConversationWith(bob);
        ann.writes("from memory");
        bob.list().shows(ann.user(), "from memory");
    }

    @Test
    void anAccountThatIsBrokenLeadsToTheSignInPage(People people) {
        Person ann = people.signedIn("ann", 0);
        for (String broken : new String[] {"{nonsense", "null", "[]", "{\"user\":1}"}) {
            ann.page()
                    .evaluate(
                            "text => { localStorage['webchat.account'] = text;"
                                    + " sessionStorage['webchat.account'] = text; }",
                            broken);
            ann.reloads();
            ann.seesTheSignInPage();
        }
        ann.signsIn();
    }
}
