package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.webchat.examples.server.LocalNodes;
import io.webchat.examples.server.push.FakePushService;
import io.webchat.examples.server.push.TestBrowser;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever wants it is notified while the page is closed. The browser has no push service here: the test stands in for
 * its subscription, and hands the decrypted push to the worker.
 */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class PushPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A subscription as the browser would give it. */
    private static final String SUBSCRIPTION = """
            if (window.PushManager) {
              const subscription = {
                options: {},
                toJSON: () => ({ endpoint: '%s', keys: { p256dh: '%s', auth: '%s' } }),
                unsubscribe: async () => localStorage.removeItem('test.subscribed'),
              };
              PushManager.prototype.getSubscription = async () =>
                localStorage.getItem('test.subscribed') === null ? null : subscription;
              PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
                subscription.options.applicationServerKey = applicationServerKey;
                localStorage.setItem('test.subscribed', applicationServerKey);
                return subscription;
              };
            }
            """;

    private static final String SHOWN = "registration.getNotifications().then(all => all.map(({ title, body, tag }) =>"
            + " [title, body, tag].join('|')).join('; '))";

    private static String shown(WorkerTools tools) {
        return tools.evaluate(SHOWN)
                .getAsJsonObject("result")
                .getAsJsonObject("result")
                .get("value")
                .getAsString();
    }

    /** Signs in with a browser that has this push service. */
    private static void signsIn(Person person, FakePushService service, LocalNodes nodes) throws Exception {
        BrowserContext context = person.page().context();
        TestBrowser keys = service.browser("phone");
        context.grantPermissions(List.of("notifications"));
        context.addInitScript(SUBSCRIPTION.formatted(service.endpoint("phone"), keys.p256dh(), keys.auth()));
        person.opens(nodes.url(0));
        person.signsIn();
        new KeptFiles(person.page()).awaitWhole();
    }

    private static void choosesPushes(Person person) {
        person.page().getByTitle("Your profile").click();
        Locator choice = person.dialog("Your profile").getByLabel("Of new messages, while this page is closed");
        person.page().waitForResponse("**/v1/push/subscriptions/*", choice::check);
        assertThat(choice).isChecked();
        Axe.check(person, "the choice of pushes");
        person.press("Escape");
    }

    @Test
    void aPushWhileThePageIsClosedBecomesANotificationThatLeadsToTheConversation(People people) throws Exception {
        try (FakePushService service = new FakePushService();
                LocalNodes nodes = new LocalNodes(1, "--push-anywhere", "--push-after=0")) {
            Person ann = people.somebody("ann");
            BrowserContext context = ann.page().context();
            signsIn(ann, service, nodes);
            String bob = people.userId("bob");
            new Backend(nodes).sends(bob, ann.user(), "while the page is open");
            ann.list().shows(bob, "while the page is open");

            choosesPushes(ann);
            int before = service.received().size();

            Page blank = context.newPage();
            ann.turnsToTab(0);
            ann.closesTheTab();
            new Backend(nodes).sends(bob, ann.user(), "are you there?");
            await().atMost(PATIENCE).until(() -> service.received().size() > before);
            FakePushService.Received push =
                    service.received().get(service.received().size() - 1);
            assertThat(push.text()).doesNotContain("are you there?");

            try (WorkerTools tools = new WorkerTools(blank, nodes.url(0))) {
                String notification = bob + "|New message|user:" + bob;
                tools.deliver(push.text());
                await().atMost(PATIENCE).until(() -> shown(tools).equals(notification));
                tools.evaluate("notify(" + push.text() + ")");
                assertThat(shown(tools)).as("delivered twice").isEqualTo(notification);

                tools.evaluate("registration.getNotifications().then(([first]) => void (self.clicked = first))");
                ann.opens(nodes.url(0));
                ann.seesTheirConversations();
                // The worker's part of the click: no script can make a click of the person.
                tools.evaluate("dispatchEvent(new NotificationEvent('notificationclick', { notification: clicked }))");
                ann.sees("are you there?");
                ann.chat().isCalled(bob);

                tools.evaluate("notify(" + push.text() + ")");
                assertThat(shown(tools)).as("while a page is in view").isEmpty();
            }
        }
    }

    @Test
    void whoSignsOutGetsNoMorePushes(People people) throws Exception {
        try (FakePushService service = new FakePushService();
                LocalNodes nodes = new LocalNodes(1, "--push-anywhere", "--push-after=0")) {
            Person ann = people.somebody("ann");
            signsIn(ann, service, nodes);
            choosesPushes(ann);

            ann.page().waitForResponse("**/v1/push/subscriptions/*", ann::signsOut);
            ann.seesTheSignInPage();
            assertThat(ann.page().evaluate("localStorage.getItem('test.subscribed')"))
                    .isNull();
            String bob = people.userId("bob");
            new Backend(nodes).sends(bob, ann.user(), "for nobody");

            ann.signsIn();
            ann.list().shows(bob, "for nobody");
            assertThat(service.received()).isEmpty();
        }
    }
}
