/**
 * Holds README.md and docs to what they say: Java is compiled, commands are run or checked, dependencies, links and
 * JSON are checked. Nothing is skipped silently.
 *
 * <p>A block of Java that declares types at the left margin is compiled as it stands; all such blocks of a page
 * together. One without imports of its own gets those of {@link io.webchat.examples.docs.JavaSource}. Other blocks are
 * statements, and are put into a method. An HTML comment right before a block, which readers do not see, tells what it
 * takes for granted: {@code <!-- snippet: given Chat chat, UserId bob -->}. Commands that cannot be run say why: {@code
 * <!-- snippet: not run, it installs into your repository -->}.
 */
@NullMarked
package io.webchat.examples.docs;

import org.jspecify.annotations.NullMarked;
