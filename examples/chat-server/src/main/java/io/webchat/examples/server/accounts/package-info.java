/** Who may sign in: user ids and passwords, where they are kept, and how often somebody may be wrong. */
@NullMarked
package io.webchat.examples.server.accounts;

import org.jspecify.annotations.NullMarked;
