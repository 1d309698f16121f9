package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Dependencies that a page tells to add exist, in the version that this project has. */
class CoordinatesTest {
    private static final Poms POMS = new Poms();

    static List<Block> xml() {
        return Page.all().stream().flatMap(page -> page.blocks("xml").stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("xml")
    void dependenciesAreThoseOfThisProject(Block block) throws IOException {
        // Several elements may stand side by side.
        String whole = block.text().replaceFirst("<\\?xml.*\\?>\n", "");
        List<Element> dependencies = Poms.elements(Poms.parse("<x>" + whole + "</x>"), "dependency");

        assertThat(dependencies).as(block.where()).isNotEmpty().allSatisfy(each -> {
            String artifact = Poms.child(each, "artifactId");
            assertThat(POMS.versions).as(block.where()).containsKey(artifact);
            assertThat(Poms.child(each, "version")).as(artifact).isEqualTo(POMS.versions.get(artifact));
        });
    }
}
