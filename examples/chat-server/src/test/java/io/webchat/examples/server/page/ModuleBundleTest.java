package io.webchat.examples.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Modules become one script, each once, after those that it needs; a form that is not known is refused. */
class ModuleBundleTest {
    private final Map<String, String> modules = new HashMap<>();

    private String bundle() {
        return new ModuleBundle(path -> Objects.requireNonNull(modules.get(path), path), path -> "./later/" + path)
                .of("js/main.js");
    }

    @Test
    void eachModuleStandsOnceBehindThoseItNeeds() {
        modules.put(
                "js/main.js",
                "import { a as first } from './a.js';\nimport {\n  b,\n} from './lib/b.js';\nfirst(b);\n");
        modules.put("js/a.js", "import { b } from './lib/b.js';\nexport function a(x) {\n  return x + b;\n}\n");
        modules.put(
                "js/lib/b.js",
                "const local = 1;\nexport const b = local;\nexport class C {}\nexport async function d() {}\n");

        assertThat(bundle()).isEqualTo("""
                        const $1 = (() => {
                        const local = 1;
                        const b = local;
                        class C {}
                        async function d() {}

                        return { b, C, d, };
                        })();
                        const $2 = (() => {
                        const { b } = $1;
                        function a(x) {
                          return x + b;
                        }

                        return { a, };
                        })();
                        const { a: first } = $2;
                        const {
                          b,
                        } = $1;
                        first(b);

                        """);
    }

    @Test
    void whatAModulePassesOnIsTakenAndGiven() {
        modules.put("js/main.js", "import { x } from './index.js';\n");
        modules.put("js/index.js", "export { y as x } from './y.js';\n");
        modules.put("js/y.js", "export const y = 1;\n");

        assertThat(bundle()).contains("const { y: x } = $1;").contains("return {x, };");
    }

    @Test
    void aPackageHasAFolderOfItsOwn() {
        modules.put("js/main.js", "import { x } from '@some/package';\n");
        modules.put("js/@some/package/index.js", "export { x } from './x.js';\n");
        modules.put("js/@some/package/x.js", "export const x = 1;\n");

        assertThat(bundle()).contains("const x = 1;").endsWith("const { x } = $2;\n\n");
    }

    @Test
    void aModuleThatIsImportedByACallStaysAFileOfItsOwn() {
        modules.put("js/main.js", "const load = () => import('./view/table.js');\n");

        assertThat(bundle()).isEqualTo("const load = () => import('./later/js/view/table.js');\n\n");
    }

    @Test
    void aFormThatIsNotKnownNamesItsModule() {
        modules.put("js/main.js", "export default 1;\n");
        assertThatThrownBy(this::bundle).hasMessageContaining("js/main.js");
        modules.put("js/main.js", "import * as all from './a.js';\n");
        assertThatThrownBy(this::bundle).hasMessageContaining("js/main.js");
    }

    @Test
    void modulesThatNeedEachOtherAreRefused() {
        modules.put("js/main.js", "import { a } from './a.js';\n");
        modules.put("js/a.js", "import { b } from './b.js';\nexport const a = b;\n");
        modules.put("js/b.js", "import { a } from './a.js';\nexport const b = a;\n");
        assertThatThrownBy(this::bundle).hasMessageContaining("needs itself");
    }
}
