package io.webchat.examples.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first load takes few requests and bytes, and the next one takes its script and styles from the browser. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class FirstLoadPageTest {
    static final int MOST_REQUESTS = 12;
    static final int MOST_BYTES = 150_000;

    private static final String SIZES = "performance.getEntriesByType('resource')"
            + ".filter(each => each.name.includes('/assets/')).map(each => each.transferSize)";

    private static void assertSmall(FirstLoad load) {
        assertThat(load.requests()).as("requests").isBetween(1, MOST_REQUESTS);
        assertThat(load.bytes()).as("bytes").isBetween(1L, (long) MOST_BYTES);
    }

    @Test
    void theSignInPageIsFewRequestsAndBytes(People people) {
        String url = people.nodes().url(0) + "/";
        assertSmall(FirstLoad.of(people.browser(), url, null, "#signin", Network.AS_IT_IS));
    }

    @Test
    void theConversationsAreFewRequestsAndBytes(People people) throws Exception {
        Person ann = people.member("ann");
        people.backend().sends(people.userId("bob"), ann.user(), "hello");
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        String url = people.nodes().url(0) + "/";
        assertSmall(FirstLoad.of(people.browser(), url, ann.storage(), "#conversations > li", Network.AS_IT_IS));
    }

    @Test
    void scriptAndStylesHaveNamesOfTheirContentAndAreLoadedOnce(People people) {
        Person ann = people.somebody("ann");
        Map<String, Map<String, String>> assets = new ConcurrentHashMap<>();
        ann.page().onResponse(response -> {
            if (response.url().contains("/assets/")) {
                assets.put(response.url(), response.headers());
            }
        });
        ann.opens(people.nodes().url(0));
        ann.seesTheSignInPage();
        assertThat(assets).hasSize(2).allSatisfy((url, headers) -> {
            assertThat(url).matches(".*/assets/app-[0-9a-f]{16}\\.(js|css)");
            assertThat(headers)
                    .containsEntry("cache-control", "public, max-age=31536000, immutable")
                    .containsEntry("content-encoding", "gzip");
        });
        assertThat(sizes(ann)).hasSize(2).allMatch(bytes -> bytes > 0);

        ann.opens(people.nodes().url(0));
        ann.seesTheSignInPage();
        assertThat(sizes(ann)).containsExactly(0, 0);
    }

    /** How many bytes of each came over the network. */
    private static List<Integer> sizes(Person person) {
        List<?> sizes = (List<?>) person.page().evaluate(SIZES);
        return sizes.stream().map(Integer.class::cast).toList();
    }
}
