import gc

from confapp import create_app

app = create_app()
gc.freeze()  # what stays for good is not searched again and again, and stays shared by the workers that are forked off
