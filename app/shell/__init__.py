"""The frame: main window, actions, dialogs and messages, and the small controllers behind them."""
